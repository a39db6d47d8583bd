// Choosing all responses that are shown at once.
const all = document.querySelector("[data-all]");

if (all) {
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    for (const box of document.querySelectorAll("input[name=chosen]")) box.checked = event.target.checked;
  });
}
document.querySelector(".summary")?.focus();
