// Saves the counter's form as it is typed. Without this script the same form works with its buttons.
// Nothing is kept in the browser's storage: what is not saved yet lives on this page only, and the page says so.

const form = document.querySelector("form[data-counter]");
const line = document.querySelector("[data-saved-line]");
const PAUSE_MS = 1200; // after the last key
const AGAIN_MS = 2000; // after a save that did not arrive
const LONGEST_MS = 15000;
const OTHER = "other"; // no token: the session is somebody else's

let typed = 0; // counts changes; what was saved lies behind it
let saved = 0;
let busy = false;
let leaving = false;
let wait = AGAIN_MS;
let number = Number(form?.dataset.number); // of the version this page knows; 0 before the first
let timer = 0;

const unsaved = () => typed > saved;

function say(name, more = "", lost = true) {
  const text = (form.querySelector(`[data-word="${name}"]`)?.textContent ?? name) + more;
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("nd-saved--lost", lost);
}

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(save, ms);
}

function again(name) {
  say(name);
  later(wait);
  wait = Math.min(wait * 2, LONGEST_MS);
}

function body() {
  return new URLSearchParams(new FormData(form));
}

async function save() {
  if (busy || leaving || !unsaved()) return;
  busy = true;
  try {
    await send();
  } catch {
    again("lost");
  } finally {
    busy = false;
  }
  if (unsaved() && !timer) later(PAUSE_MS);
}

async function send() {
  const upTo = typed;
  timer = 0;
  say("saving", "", false);
  let answer = await post();
  if (answer.status === 403) {
    const token = await newToken();
    if (token === OTHER) return again("other_reader");
    if (token) answer = await post();
  }
  if (answer.ok && !answer.redirected) return arrived(await answer.json(), upTo);
  return refused(answer);
}

function post() {
  return fetch(form.dataset.save, {
    method: "POST",
    body: body(),
    headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    credentials: "same-origin",
  });
}

function arrived(kept, upTo) {
  saved = upTo;
  wait = AGAIN_MS;
  const at = new Date(kept.saved_at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const faults = Object.keys(kept.faults).length > 0;
  const others = kept.number > number + 1;
  number = kept.number;
  if (others) say("both");
  else say(faults ? "faults" : "saved", ` ${at} · ${kept.reference}`, faults);
  // A reload, or this address opened again after the tab was closed, goes on where this stopped.
  if (location.pathname !== kept.resume) history.replaceState(null, "", kept.resume);
}

async function refused(answer) {
  if (answer.status === 401 || answer.redirected) return again("signed_out");
  if (answer.status >= 500) return again("broken");
  const { fault, way } = await answer.json();
  if (answer.status === 423) return locked(way || "");
  // The server said what to do: trying the same again would not help, so the next key tries again.
  say(fault);
  return undefined;
}

// A locked desk seals what a form sends and gives it back after unlocking; a session that is over cannot.
function locked(way) {
  if (!way.startsWith(form.dataset.locked)) return again("signed_out");
  document.documentElement.classList.add("nd-blanked");
  leaving = true;
  const wish = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: "go_on" });
  form.append(wish);
  return form.submit();
}

// The form's token is older than the session (someone signed in again): take a new one, if it is the same person.
async function newToken() {
  const answer = await fetch(form.dataset.anew, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-counter]");
  if (!fresh) return "";
  if (fresh.dataset.reader !== form.dataset.reader) return OTHER;
  const token = fresh.elements.csrfmiddlewaretoken.value;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  return token;
}

function touched(ms) {
  typed += 1;
  later(ms);
}

function beacon() {
  if (unsaved()) navigator.sendBeacon(form.dataset.save, body());
}

if (form) {
  form.addEventListener("input", () => touched(PAUSE_MS));
  form.addEventListener("change", () => touched(50));
  form.addEventListener("submit", () => {
    leaving = true;
  });
  addEventListener("online", () => later(0));
  // Typed before this script was there, or put back by the browser: that is saved too.
  const boxes = [...form.querySelectorAll("textarea, input:not([type=hidden])")];
  if (boxes.some((box) => box.value !== box.defaultValue)) touched(PAUSE_MS);
  addEventListener("pagehide", () => !leaving && beacon());
  // A page that the browser shows again with its back button goes on saving.
  addEventListener("pageshow", () => {
    leaving = false;
  });
  document.addEventListener("nightdesk:blank", () => {
    beacon();
    leaving = true;
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved() && !leaving) event.preventDefault();
  });
}
