// Reads a part of the page again every few seconds: <section data-live-url="/…/" data-live-seconds="3">.
// Each [data-part] inside is put in anew when it changed, and each item of a paging list; nothing else moves, so a screen
// reader hears the news and not the page again. A tab that is not looked at asks nothing, unless the part says
// data-live-always (a call-out must ring). Without a network the element [data-live-stale] says that it is old.

const SECONDS = 5;

function watch(place) {
  const every = Number(place.dataset.liveSeconds || SECONDS) * 1000;
  const ask = async () => {
    if (!document.hidden || "liveAlways" in place.dataset) await refresh(place);
    setTimeout(ask, every);
  };
  setTimeout(ask, every);
  document.addEventListener("visibilitychange", () => !document.hidden && refresh(place));
}

async function refresh(place) {
  try {
    // X-Live: being shown is not being used, so an idle desk still locks.
    const answer = await fetch(place.dataset.liveUrl, { headers: { "X-Live": "1" }, credentials: "same-origin" });
    if (answer.status !== 200 || answer.redirected) throw new Error(String(answer.status));
    put(place, same(place, new DOMParser().parseFromString(await answer.text(), "text/html")));
    say(place, true);
    place.dispatchEvent(new CustomEvent("nightdesk:fresh"));
  } catch {
    say(place, false);
  }
}

// A whole page has other live parts above this one, such as the call-outs.
function same(place, answer) {
  return answer.querySelector(`[data-live-url="${place.dataset.liveUrl}"]`) || answer.querySelector("[data-live-url]");
}

function say(place, isFresh) {
  const note = place.querySelector("[data-live-stale]");
  if (note) note.hidden = isFresh;
}

function put(place, fresh) {
  place.className = fresh.className;
  for (const part of place.querySelectorAll("[data-part]")) {
    const news = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (part.innerHTML !== news.innerHTML) part.innerHTML = news.innerHTML;
  }
  const list = place.querySelector("ol.nd-paging__list");
  if (list) putItems(list, [...fresh.querySelector("ol.nd-paging__list").children]);
}

function putItems(list, items) {
  items.forEach((item, n) => {
    const old = list.children[n];
    if (!old) list.append(item);
    else if (old.outerHTML !== item.outerHTML) old.replaceWith(item);
  });
  while (list.children.length > items.length) list.lastElementChild.remove();
}

for (const place of document.querySelectorAll("[data-live-url]")) watch(place);
