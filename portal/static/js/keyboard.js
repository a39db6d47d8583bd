// Choosing words of one article by keyboard: arrows from word to word, with Shift more of them.
import { leave as withdraw } from "./choose.js";
import { address, places } from "./places.js";

const said = document.querySelector("[data-choosing]");
const letters = /[\p{L}\p{N}\p{M}_\u200c\u200d]+/gu;
let state = null;

// Words with their marks: [element, from, to] in the element's own text.
function wordsOf(element) {
  const text = element.textContent;
  if (!window.Intl?.Segmenter) {
    return [...text.matchAll(letters)].map((m) => [element, m.index, m.index + m[0].length]);
  }
  const segments = new Intl.Segmenter("ar", { granularity: "word" }).segment(text);
  return [...segments]
    .filter((each) => each.isWordLike)
    .map((each) => [element, each.index, each.index + each.segment.length]);
}

function point(element, offset, end) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left < node.length || (end && left === node.length)) return [node, left];
    left -= node.length;
  }
  return [element, element.childNodes.length];
}

function show() {
  const { words, anchor, focus } = state;
  const [first, last] = anchor <= focus ? [anchor, focus] : [focus, anchor];
  const from = point(words[first][0], words[first][1], false);
  const to = point(words[last][0], words[last][2], true);
  // The end that moves is the focus of the selection, as when a mouse chooses.
  if (anchor <= focus) document.getSelection().setBaseAndExtent(...from, ...to);
  else document.getSelection().setBaseAndExtent(...to, ...from);
  const moving = words[focus][0].getBoundingClientRect();
  if (moving.top < 0 || moving.bottom > innerHeight) words[focus][0].scrollIntoView({ block: "center" });
  said.textContent = document.getSelection().toString();
}

function goes(key, rtl) {
  const { words, focus } = state;
  const here = words[focus][0];
  const inside = words.map((word, at) => (word[0] === here ? at : -1)).filter((at) => at >= 0);
  const forward = rtl ? "ArrowLeft" : "ArrowRight";
  const back = rtl ? "ArrowRight" : "ArrowLeft";
  if (key === forward) return focus + 1;
  if (key === back) return focus - 1;
  if (key === "Home") return inside[0];
  if (key === "End") return inside.at(-1);
  if (key === "ArrowDown") return inside.at(-1) + 1;
  if (key === "ArrowUp") return words.findIndex((word) => word[0] === words[Math.max(inside[0] - 1, 0)][0]);
  return null;
}

function leave() {
  const { law, link, hint } = state;
  for (const name of ["role", "tabindex", "aria-label", "aria-describedby"]) law.removeAttribute(name);
  delete law.dataset.choosingHere;
  law.removeEventListener("keydown", pressed);
  law.removeEventListener("focusout", left);
  hint.remove();
  withdraw();
  document.getSelection().removeAllRanges();
  said.textContent = "";
  state = null;
  return link;
}

function left(event) {
  const to = event.relatedTarget;
  if (to && !to.classList.contains("offer") && !state.law.contains(to)) leave();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    leave().focus();
  } else if (event.key === "Enter" && event.target === state.law) {
    const found = places(document.getSelection().getRangeAt(0), state.book);
    if (found) location.assign(address(state.book, found));
  } else {
    const at = goes(event.key, getComputedStyle(state.words[0][0]).direction === "rtl");
    if (at === null) return;
    state.focus = Math.min(Math.max(at, 0), state.words.length - 1);
    if (!event.shiftKey) state.anchor = state.focus;
    show();
  }
  event.preventDefault();
}

export function begin(book, link) {
  if (state) leave();
  const article = document.getElementById(link.dataset.choose);
  const law = article.querySelector(".law");
  const words = [...law.querySelectorAll("[data-at]")].flatMap(wordsOf);
  if (!words.length) {
    location.assign(link.href);
    return;
  }
  const hint = document.createElement("p");
  hint.className = "choosing";
  hint.id = "choosing-how";
  hint.textContent = said.dataset.how;
  law.before(hint);
  law.setAttribute("role", "application");
  law.setAttribute("tabindex", "0");
  law.setAttribute("aria-label", said.dataset.name);
  law.setAttribute("aria-describedby", hint.id);
  law.dataset.choosingHere = "";
  law.addEventListener("keydown", pressed);
  law.addEventListener("focusout", left);
  state = { book, link, law, words, hint, anchor: 0, focus: 0 };
  law.focus();
  show();
}
