// One choice for all cases of a list. Without this script each has its own, and that is enough.

const form = document.querySelector("form[data-reassign]");
const all = form?.querySelector("[data-for-all]");
if (all) {
  all.hidden = false;
  all.querySelector("select").addEventListener("change", (event) => {
    for (const one of form.querySelectorAll("td select")) {
      // A case that was handed over offers no “whoever is on duty”: it keeps what was chosen for it.
      if ([...one.options].some((option) => option.value === event.target.value)) one.value = event.target.value;
    }
  });
}
