// A desk that nobody uses hides its page and goes to the locked page; the server locks it in any case.
// Typing counts as use. Every tab asks the server, so that work in one tab keeps the others open.
// A page with unsaved words listens for "nightdesk:blank" and saves them first.

const script = document.querySelector("script[data-idle-ask]");
const { idleAsk, idleLocked } = script.dataset;
const TICK_MS = 5000;
const TELL_MS = 15000;
const QUIET_MS = 10000; // how long a hidden page waits before it asks an unreachable server again, or leaves again

let used = false;
let toldAt = performance.now();
let locksAt = Infinity;
let hidden = false;
let leavingUntil = 0;

function path() {
  return location.pathname + location.search;
}

function hide() {
  hidden = true;
  document.documentElement.classList.add("nd-blanked");
  document.title = "Nightdesk";
}

function show() {
  hidden = false;
  document.documentElement.classList.remove("nd-blanked");
}

// Once: a second answer that comes while the browser is on its way would stop it and begin again. So would the answer to a
// question asked before somebody blanked the screen, which locks the desk. Where the way was stopped, it is left again later.
function leave() {
  if (performance.now() < leavingUntil) {
    locksAt = leavingUntil;
    return;
  }
  leavingUntil = performance.now() + QUIET_MS;
  if (!hidden) {
    hide();
    document.dispatchEvent(new CustomEvent("nightdesk:blank"));
  }
  location.replace(`${idleLocked}?next=${encodeURIComponent(path())}`);
}

// How long the desk stays open, in milliseconds; 0 when it is locked or nobody is signed in. Throws without a network.
async function ask(counts) {
  const headers = counts ? { Accept: "application/json" } : { Accept: "application/json", "X-Live": "1" };
  const answer = await fetch(idleAsk, { headers, credentials: "same-origin", redirect: "manual", cache: "no-store" });
  if (answer.status >= 500) throw new Error(String(answer.status));
  return answer.ok ? (await answer.json()).left * 1000 : 0;
}

async function check(counts) {
  try {
    const left = await ask(counts);
    if (left <= 0) return leave();
    locksAt = performance.now() + left;
    if (hidden) show();
  } catch {
    if (performance.now() >= locksAt) {
      if (!hidden) document.dispatchEvent(new CustomEvent("nightdesk:blank"));
      hide();
      locksAt = performance.now() + QUIET_MS;
    }
  }
}

async function tick() {
  const now = performance.now();
  if (now >= locksAt) await check(used && !hidden);
  else if (used && now - toldAt >= TELL_MS) await check(true);
  else return;
  used = false;
  toldAt = performance.now();
}

for (const kind of ["keydown", "pointerdown", "input"]) {
  document.addEventListener(kind, () => { used = true; }, { passive: true, capture: true });
}
document.addEventListener("visibilitychange", () => { if (!document.hidden) check(false); });
// A page that the browser kept for its back button is shown only when the desk is still open.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  leavingUntil = 0;
  hide();
  locksAt = 0;
  check(false);
});
// Blanking comes back to this page.
document.addEventListener("nightdesk:blank", (event) => {
  if (event.detail?.leaves) leavingUntil = performance.now() + QUIET_MS;
  const form = document.querySelector("form[data-blank-screen]");
  if (!form || form.elements.next) return;
  const next = document.createElement("input");
  next.type = "hidden";
  next.name = "next";
  next.value = path();
  form.append(next);
});

check(false);
setInterval(tick, TICK_MS);
