// The tray on a document's page: how many comments wait in this browser to be sent.
import { load, unsent } from "./store.js";

const tray = document.querySelector("[data-tray]");
const count = unsent(load(document.querySelector("[data-consultation]").dataset.consultation));
if (count && tray) {
  const words = tray.querySelector("[data-tray-words]");
  words.textContent = count === 1 ? words.dataset.one : words.dataset.many.replace("{}", count);
  tray.hidden = false;
}
