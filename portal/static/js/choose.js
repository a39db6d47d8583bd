// A button near chosen words, to comment on them: by mouse, by touch, by the browser's own keys.
import { address, places } from "./places.js";

let button = null;

export function leave() {
  button?.remove();
  button = null;
}

// Below the words; above them where there is no room below, as on a phone over its keyboard.
function put(range) {
  const boxes = [...range.getClientRects()].filter((box) => box.width && box.height);
  if (!boxes.length) return;
  const lowest = Math.max(...boxes.map((box) => box.bottom));
  const highest = Math.min(...boxes.map((box) => box.top));
  const last = boxes.reduce((one, other) => (other.bottom >= one.bottom ? other : one));
  const { offsetWidth: width, offsetHeight: height } = button;
  const room = document.documentElement.clientWidth;
  const gap = matchMedia("(pointer: coarse)").matches ? 28 : 10; // the handles of a selection
  const below = lowest + gap + height <= innerHeight || highest < height + gap;
  const across = Math.min(Math.max(8, last.left + last.width / 2 - width / 2), room - width - 8);
  button.style.top = `${scrollY + (below ? lowest + gap : highest - gap - height)}px`;
  button.style.left = `${scrollX + across}px`;
}

export function offer(book) {
  const selection = document.getSelection();
  if (document.activeElement === button && button) return;
  leave();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const found = places(range, book);
  if (!found || !range.toString().trim()) return;
  button = document.createElement("a");
  button.className = "button offer";
  button.href = address(book, found);
  button.textContent = document.querySelector("[data-choosing]").dataset.offer;
  // The next stop after the words: in the article itself, before what else can be done with it.
  const end = range.endContainer;
  const article = (end.closest ? end : end.parentElement).closest(".article, .preamble") ?? book;
  article.append(button);
  put(range);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !button) return;
  leave();
  if (!document.querySelector("[data-choosing-here]")) document.getSelection().removeAllRanges();
});
// A finger that presses the button does not take the words away from under it.
document.addEventListener("pointerdown", (event) => {
  if (button?.contains(event.target)) event.preventDefault();
});
