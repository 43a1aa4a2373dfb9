// One key decides: a, d and n press what carries data-key. Not while somebody types, not with another key held, and each
// page once: a key that is held down must not decide the next flag unseen. The page itself offers to turn the keys off.

const TYPES = "input, textarea, select, [contenteditable]";
let pressed = false;

document.addEventListener("keydown", (event) => {
  if (pressed || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPES)) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found) return;
  event.preventDefault();
  pressed = true;
  found.click();
});
window.addEventListener("pageshow", () => { pressed = false; });
