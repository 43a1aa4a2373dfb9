// Counts the evidence clocks of a page down: [data-clock-words] holds the sentences in the page's language and the server's
// time, each .nd-clock[data-ends-at] inside it an end. Nothing is asked of the server, so being shown is not being used and
// opens no seal again; a page without a network counts on. The order is that of the page until it is opened anew.

const EVERY_MS = 5000;
const HOUR_MS = 3600000;
const SOON_HOURS = 24; // as in told.py
const CLOSING_HOURS = 4;
const TONES = ["open", "soon", "closing", "closed"];

function sentence(forms, n, rules) {
  const fits = Object.keys(forms).find((sample) => rules.select(Number(sample)) === rules.select(n));
  return (forms[fits] || Object.values(forms).at(-1)).replace("{n}", String(n));
}

function inWords(hours, words, rules) {
  if (hours >= 48) return sentence(words.days, Math.floor(hours / 24), rules);
  if (hours >= 1) return sentence(words.hours, Math.floor(hours), rules);
  return sentence(words.minutes, Math.floor(hours * 60), rules);
}

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function count(clock, now, words, rules) {
  const hours = (Date.parse(clock.dataset.endsAt) - now) / HOUR_MS;
  const tone = hours < 0 ? "closed" : hours < CLOSING_HOURS ? "closing" : hours < SOON_HOURS ? "soon" : "open";
  for (const name of TONES) clock.classList.toggle(`nd-clock--${name}`, name === tone);
  put(clock.querySelector(".nd-clock__word"), words.tones[tone]);
  put(clock.querySelector(".nd-clock__left"), hours < 0 ? words.ask : inWords(hours, words, rules));
  if (hours < 0) put(clock.querySelector(".nd-clock__detail"), words.ask);
  const share = Math.max(0, Math.min(100, (100 * hours) / Number(clock.dataset.hours)));
  const bar = clock.querySelector(".nd-clock__sure");
  if (bar) bar.setAttribute("width", String(hours < 0 ? 0 : Math.max(1, Math.round(share))));
}

function run(place) {
  const words = JSON.parse(place.dataset.clockWords);
  const rules = new Intl.PluralRules(document.documentElement.lang || "en");
  const ahead = Date.parse(words.now) - Date.now(); // this machine's clock may be wrong
  const tick = () => {
    for (const clock of place.querySelectorAll(".nd-clock[data-ends-at]")) count(clock, Date.now() + ahead, words, rules);
  };
  tick();
  setInterval(tick, EVERY_MS);
  document.addEventListener("visibilitychange", () => !document.hidden && tick());
}

for (const place of document.querySelectorAll("[data-clock-words]")) run(place);
