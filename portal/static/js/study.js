// The study by keyboard: j and k move from comment to comment, x chooses, r answers, o opens, ? shows
// the keys; on the page of one comment, m marks words of a part. Whatever they do can be done without them.
import { markWords } from "./marking.js";

const rows = [...document.querySelectorAll("[data-row]")];
const form = document.querySelector("form[data-many]");
const split = document.querySelector("[data-split]");
const marking = split && markWords(split.querySelector("form"), document.querySelector("[data-comment]"), () => {});
const keys = document.querySelector("[data-keys]");
const typing = "input:not([type=radio], [type=checkbox]), textarea, select";

const here = () => rows.findIndex((row) => row.contains(document.activeElement));

function move(step) {
  const at = here();
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  if (!next) document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.focus();
  else next.focus();
}

function choose() {
  const box = rows[here()]?.querySelector("input[name=chosen]");
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function answer() {
  if (form?.querySelector("input[name=chosen]:checked")) {
    form.requestSubmit(form.querySelector(".tray .button"));
  } else rows[here()]?.querySelector("[data-answer]")?.click();
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  x: choose,
  r: answer,
  m: () => {
    if (!marking) return;
    split.open = true;
    marking.begin();
  },
  o: () => rows[here()]?.querySelector("[data-open]")?.click(),
  "?": () => {
    if (!keys) return;
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.(typing)) {
    if (event.key === "Escape") event.target.blur();
  } else if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});
