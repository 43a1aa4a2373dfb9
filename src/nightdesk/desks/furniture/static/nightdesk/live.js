// Reads a part of the page again every few seconds: <div data-live-url="/…/" data-live-seconds="5">.
// Only list items that changed are put in, so a screen reader hears the news and not the whole list again. A tab that
// is not looked at asks nothing. When the network is gone the part says that it is old.

const SECONDS = 5;

function watch(part) {
  const every = Number(part.dataset.liveSeconds || SECONDS) * 1000;
  const ask = async () => {
    if (!document.hidden) await refresh(part);
    setTimeout(ask, every);
  };
  setTimeout(ask, every);
}

async function refresh(part) {
  try {
    const answer = await fetch(part.dataset.liveUrl, { headers: { "X-Live": "1" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    put(part, fresh.querySelector("[data-live-url]") || fresh.body);
    say(part, true);
  } catch {
    say(part, false);
  }
}

function say(part, isFresh) {
  const note = part.querySelector("[data-live-stale]");
  if (note) note.hidden = isFresh;
}

function put(part, fresh) {
  const list = part.querySelector("ol, ul");
  const news = fresh.querySelector("ol, ul");
  if (!list || !news) {
    if (part.textContent !== fresh.textContent) part.replaceChildren(...fresh.childNodes);
    return;
  }
  const items = [...news.children];
  items.forEach((item, n) => {
    const old = list.children[n];
    if (!old) list.append(item);
    else if (old.outerHTML !== item.outerHTML) old.replaceWith(item);
  });
  while (list.children.length > items.length) list.lastElementChild.remove();
}

for (const part of document.querySelectorAll("[data-live-url]")) watch(part);
