// Keeps a half-written submission in this browser, shows what a proposal changes, counts characters.
import { show } from "./changes.js";
import { load, save } from "./store.js";

const form = document.querySelector("form[data-keep]");
const slug = form.dataset.keep;
const passing = new Set(["form_key", "action", "csrf_token"]);
// What a comment is about: two comments alike in these are one.
const about = ["target", "quoted", "at", "before", "after"];

function typed() {
  const kept = {};
  for (const [name, value] of new FormData(form)) if (!passing.has(name)) kept[name] = value;
  return kept;
}

function blocks(kept) {
  const numbers = Object.keys(kept).map((name) => /^comments-(\d+)-/.exec(name)?.[1]);
  return Math.max(0, ...numbers.filter(Boolean).map(Number)) + 1;
}

// The words or the article that this page was opened for become a further comment.
function withWanted(kept) {
  const value = (part) => form.elements[`comments-0-${part}`]?.value || "";
  const last = blocks(kept);
  const there = (at, part) => kept[`comments-${at}-${part}`] || "";
  const alike = (at) => ["target", "quoted", "at"].every((part) => there(at, part) === value(part));
  const already = Array.from({ length: last }, (_, at) => at).some((at) => alike(at)
    || (!value("quoted") && there(at, "target") === value("target")));
  if (!value("target") || already) return kept;
  const empty = !["text", "proposed", "quoted"].some((part) => there(last - 1, part));
  const further = empty ? last - 1 : last;
  for (const part of about) kept[`comments-${further}-${part}`] = value(part);
  return kept;
}

// The server knows how a comment's fields look, and shows the words it is about.
async function fromServer(kept) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(kept)) body.set(name, value);
  for (let at = 0; at < blocks(kept); at += 1) {
    for (const part of ["target", "type", "text"]) {
      const name = `comments-${at}-${part}`;
      if (!body.has(name)) body.set(name, part === "type" ? "substantive" : "");
    }
  }
  body.set("action", "edit");
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("form[data-keep]");
  if (fresh) form.replaceChildren(...fresh.childNodes);
}

function fill(kept) {
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
}

// A page opened afresh gets back what was kept.
async function restore() {
  const found = load(slug);
  if (found && form.dataset.fresh === "yes") {
    const kept = withWanted(found);
    const quotes = Object.entries(kept).some(([name, value]) => /-quoted$/.test(name) && value);
    if (blocks(kept) > 1 || quotes) await fromServer(kept);
    else fill(kept);
    for (const details of form.querySelectorAll("details")) {
      const areas = [...details.querySelectorAll("textarea")];
      if (areas.some((area) => area.value && !area.name.endsWith("-quoted"))) details.open = true;
    }
  }
  form.querySelectorAll("[data-proposal]").forEach(compare);
}

function compare(box) {
  const name = box.querySelector("textarea").name.replace("proposed", "quoted");
  const original = form.elements[name]?.value.trim() || box.dataset.original || "";
  show(box, original.replaceAll("\r\n", "\n"));
}

function counter(area) {
  const limit = Number(area.dataset.limit);
  const left = limit - [...area.value].length;
  let note = area.nextElementSibling;
  if (!note?.classList.contains("counter")) {
    note = document.createElement("p");
    note.className = "counter";
    area.after(note);
  }
  note.textContent = left < limit / 10 ? `${limit - left} / ${limit}` : "";
  note.setAttribute("aria-live", "polite");
}

form.addEventListener("input", (event) => {
  // Words that were changed by hand no longer stand where those chosen on the page stood.
  const quoted = /^(comments-\d+-)quoted$/.exec(event.target.name);
  if (quoted) for (const part of ["at", "before", "after"]) form.elements[quoted[1] + part].value = "";
  save(slug, typed());
  if (event.target.dataset?.limit) counter(event.target);
  const box = event.target.closest("[data-proposal]");
  if (box) compare(box);
});
form.addEventListener("submit", () => save(slug, typed()));
document.querySelector(".summary")?.focus();
restore();
