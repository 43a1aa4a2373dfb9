// Rings while somebody is called: a tone made by the browser itself, started only after a tap, as browsers demand it. Whether
// it is on is kept for this window and no longer. Without sound, the strip at the top says the same in words.

const KEPT = "nightdesk-sound";
const EVERY = 4000;
const NOTES = [880, 660, 880]; // Hz: three short ones, told apart from a phone
const NOTE = 0.18; // seconds

const strip = document.querySelector("[data-call-outs]");
const place = document.querySelector("[data-sound]");
let sound = null;
let rung = 0;

const isOn = () => sessionStorage.getItem(KEPT) === "on";
const isCalled = () => strip !== null && strip.classList.contains("nd-strip--called");

function wake() {
  sound ??= new AudioContext();
  return sound.resume();
}

function ring() {
  if (!isOn() || !sound || sound.state !== "running") return;
  rung += 1;
  NOTES.forEach((hertz, n) => play(hertz, sound.currentTime + n * NOTE * 1.5));
  if (strip) strip.dataset.rung = String(rung);
}

function play(hertz, at) {
  const [note, loud] = [sound.createOscillator(), sound.createGain()];
  note.frequency.value = hertz;
  loud.gain.setValueAtTime(0.0001, at);
  loud.gain.exponentialRampToValueAtTime(0.4, at + 0.02);
  loud.gain.exponentialRampToValueAtTime(0.0001, at + NOTE);
  note.connect(loud).connect(sound.destination);
  note.start(at);
  note.stop(at + NOTE);
}

function say() {
  const rings = isOn() && sound?.state === "running";
  const asleep = strip?.querySelector("[data-sound-asleep]");
  if (asleep) asleep.hidden = !isOn() || rings;
  if (!place) return;
  const [state, button] = [place.querySelector("[data-sound-state]"), place.querySelector("[data-sound-switch]")];
  button.textContent = isOn() ? state.dataset.switchOff : state.dataset.switchOn;
  state.textContent = rings ? state.dataset.on : isOn() ? state.dataset.asleep : state.dataset.off;
}

async function turn() {
  sessionStorage.setItem(KEPT, isOn() ? "off" : "on");
  if (isOn()) {
    await wake();
    ring(); // so that it is heard how it will be
  }
  say();
}

if ("AudioContext" in window) {
  if (place) {
    place.hidden = false;
    place.querySelector("[data-sound-switch]").addEventListener("click", turn);
  }
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => isOn() && wake().then(say), { passive: true });
  }
  setInterval(() => isCalled() && ring(), EVERY);
  // Led here by a tap on a page before (as to the locked desk), some browsers let it ring without another one.
  if (isOn()) wake().then(say);
  strip?.addEventListener("nightdesk:fresh", () => isCalled() && rung === 0 && ring());
  say();
}
