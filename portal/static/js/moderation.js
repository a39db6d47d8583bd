// The moderation desk by keyboard: j and k move, 1 to 5 choose, Enter decides, u takes back, m marks
// words, ? shows the keys. What would follow a choice is shown while choosing.
import { markWords } from "./marking.js";
import { show } from "./showing.js";

const form = document.querySelector("form[data-decide]");
const undo = document.querySelector("form[data-undo]");
const keys = document.querySelector("[data-keys]");
const typing = "input:not([type=radio], [type=checkbox]), textarea, select";
const pressing = "a, button, summary";
const PAUSE = 250;

function move(step) {
  const links = [...document.querySelectorAll(".queue a")];
  const here = links.findIndex((link) => link.getAttribute("aria-current"));
  const next = links[here < 0 ? 0 : here + step];
  if (next) next.click();
  else if (step > 0) document.querySelector("[data-skip], [data-first]")?.click();
}

function choose(value) {
  const choice = form.querySelectorAll("input[name=outcome]");
  const wanted = [...choice].find((each) => each.nextElementSibling.querySelector("kbd").textContent === value);
  if (!wanted) return;
  wanted.checked = true;
  wanted.dispatchEvent(new Event("change", { bubbles: true }));
  const ground = form.elements.ground;
  // A ground is what is missing next; words are marked first, and each has its own.
  if (wanted.value === "publish" || wanted.value === "redact") wanted.focus();
  else ground.focus();
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  u: () => undo?.requestSubmit(),
  "?": () => {
    if (!keys) return;
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target.closest?.("*");
  if (event.key === "Enter" && form && target?.matches("select") && form.contains(target)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[value=decide]"));
    return;
  }
  if (target?.closest(typing)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (event.key === "Enter" && form && !target?.closest(pressing)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[value=decide]"));
  } else if (form && /^[1-5]$/.test(event.key)) {
    event.preventDefault();
    choose(event.key);
  } else if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});

// Nothing is sent twice by a second press while the first is on its way.
for (const each of document.querySelectorAll("form[data-decide], form[data-many], form[data-undo]")) {
  each.addEventListener("submit", (event) => {
    if (each.dataset.sent) event.preventDefault();
    each.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const each of document.querySelectorAll("form[data-sent]")) delete each.dataset.sent;
});

// Only the fields that the choice needs.
function fit() {
  const outcome = form.elements.outcome?.value;
  const upheld = form.elements.ruling ? form.elements.ruling.value === "upheld" : true;
  const instead = form.querySelector("[data-instead]");
  if (instead) instead.hidden = !upheld;
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(outcome);
  const ground = form.elements.ground?.closest(".field");
  // Marked words have a ground each.
  if (ground) ground.hidden = !outcome || outcome === "publish" || outcome === "redact";
}

let waiting = 0;
let asked = 0;
async function look() {
  const mine = (asked += 1);
  const body = new FormData(form);
  const answer = await fetch(form.dataset.preview, { method: "POST", body });
  if (mine !== asked || !answer.ok) return;
  show(form.querySelector("[data-follows]"), await answer.text());
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
}

if (form) {
  const marks = markWords(form, document.querySelector("[data-comment]"), () => {
    fit();
    soon();
  });
  acts.m = marks.begin;
  form.querySelector("[data-look]").hidden = true;
  form.addEventListener("input", soon);
  form.addEventListener("change", () => {
    fit();
    soon();
  });
  form.addEventListener("click", (event) => {
    const copies = event.target.closest("[data-copies]");
    if (!copies) return;
    event.preventDefault();
    for (const place of copies.dataset.copies.trim().split(" ")) {
      const [field, start, end, ground] = place.split(":");
      marks.add(field, Number(start), Number(end), ground);
    }
  });
  fit();
  if (form.elements.outcome?.value) soon();
}
document.querySelector(".summary")?.focus();

const all = document.querySelector("[data-all]");
if (all) {
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    for (const box of document.querySelectorAll("input[name=chosen]")) box.checked = event.target.checked;
  });
}
