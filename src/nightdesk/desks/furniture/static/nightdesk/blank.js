// Escape twice within a second hides the page at once, then sends the "Blank the screen" form.
// A page with unsaved words listens for "nightdesk:blank" and saves them (with sendBeacon) before the page is left. Its
// detail says that the page is on its way: whoever else would leave it lets it go.

const WITHIN_MS = 1000;

function watch(form) {
  let last = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - last < WITHIN_MS) blank(form);
    last = event.timeStamp;
  });
  form.addEventListener("submit", hide);
}

function hide() {
  document.documentElement.classList.add("nd-blanked");
  document.title = "Nightdesk";
  document.dispatchEvent(new CustomEvent("nightdesk:blank", { detail: { leaves: true } }));
}

function blank(form) {
  hide();
  form.submit();
}

const form = document.querySelector("form[data-blank-screen]");
if (form) watch(form);
