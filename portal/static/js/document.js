// The tray on a document's page: how many comments wait in this browser to be sent.
import { load, unsent } from "./store.js";

const book = document.querySelector("[data-consultation]");
const tray = document.querySelector("[data-tray]");
const count = book ? unsent(load(book.dataset.consultation)) : 0;
if (count && tray) {
  const words = tray.querySelector("[data-tray-words]");
  words.textContent = count === 1 ? words.dataset.one : words.dataset.many.replace("{}", count);
  tray.hidden = false;
}
