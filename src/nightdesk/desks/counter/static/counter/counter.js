// Saves the counter's form as it is typed. Without this script the same form works with its buttons.
// Nothing is kept in the browser's storage: what is not saved yet lives on this page only, and the page says so.

const form = document.querySelector("form[data-counter]");
const line = document.querySelector("[data-saved-line]");
const PAUSE_MS = 1200; // after the last key
const AGAIN_MS = 2000; // after a save that did not arrive

let changed = false; // something on the page is not saved yet
let busy = false;
let leaving = false;
let timer = 0;

function say(text, lost = false) {
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("nd-saved--lost", lost);
}

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(save, ms);
}

function body() {
  const data = new FormData(form);
  data.delete("do");
  return new URLSearchParams(data);
}

async function save() {
  if (busy || !changed || leaving) return;
  busy = true;
  changed = false;
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.dataset.save, {
      method: "POST",
      body: body(),
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      credentials: "same-origin",
    });
    await arrived(answer);
  } catch {
    changed = true;
    say(form.dataset.lost, true);
    later(AGAIN_MS);
  } finally {
    busy = false;
    if (changed) later(PAUSE_MS);
  }
}

async function arrived(answer) {
  if (answer.status === 423) return lockedDesk();
  const kept = await answer.json();
  if (!answer.ok) {
    // The server answered and said what to do: trying the same again would not help.
    say(kept.fault || form.dataset.lost, true);
    return;
  }
  const at = new Date(kept.saved_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const faults = Object.keys(kept.faults).length;
  say(faults ? `${form.dataset.faults} (${at})` : `${form.dataset.saved} ${at} · ${kept.reference}`, Boolean(faults));
  // A reload, or this address opened again after the tab was closed, goes on where this stopped.
  if (location.pathname !== kept.resume) history.replaceState(null, "", kept.resume);
  return undefined;
}

function lockedDesk() {
  changed = true;
  location.assign("/staff/locked/?next=" + encodeURIComponent(location.pathname));
}

function touched() {
  changed = true;
  later(PAUSE_MS);
}

function beacon() {
  if (changed) navigator.sendBeacon(form.dataset.save, body());
}

if (form) {
  form.addEventListener("input", touched);
  form.addEventListener("change", () => {
    changed = true;
    later(50);
  });
  form.addEventListener("submit", () => {
    leaving = true;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("[data-send]"));
  });
  addEventListener("online", () => later(0));
  addEventListener("pagehide", () => !leaving && beacon());
  document.addEventListener("nightdesk:blank", () => {
    beacon();
    leaving = true;
  });
  addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });
}
