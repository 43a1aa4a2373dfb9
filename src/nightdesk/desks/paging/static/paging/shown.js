// Says once of each call-out that this window showed it, so that the history of a page tells a screen that was seen from one
// that was not. A window that is not looked at says nothing. Without scripts nothing is said, and the history says so.

const form = document.querySelector("form[data-shown-url]");
const said = new Set();

async function say() {
  if (document.hidden) return;
  const body = new FormData(form);
  const news = body.getAll("page").filter((token) => !said.has(token));
  if (news.length === 0) return;
  news.forEach((token) => said.add(token));
  try {
    // X-Live: being shown is not being used, so an idle desk still locks.
    const answer = await fetch(form.dataset.shownUrl, { method: "POST", body, headers: { "X-Live": "1" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    news.forEach((token) => said.delete(token)); // said again when the strip is next read
  }
}

if (form) {
  form.addEventListener("nightdesk:fresh", say);
  document.addEventListener("visibilitychange", say);
  say();
}
