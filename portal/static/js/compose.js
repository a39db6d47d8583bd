// Keeps a half-written submission in this browser, shows what a proposal changes, counts characters.
import { show } from "./changes.js";
import { load, save } from "./store.js";

const form = document.querySelector("form[data-keep]");
const slug = form.dataset.keep;
const passing = new Set(["form_key", "action", "csrf_token", "turn", "work"]);
// What a comment is about: two comments alike in these are one.
const about = ["target", "quoted", "at", "before", "after"];
const words = ["text", "proposed", "grounds"];
let restored = false;
let unseen = Object.create(null);

function typed() {
  const kept = Object.create(null);
  // Files cannot be kept here; those that were sent already are known by their tokens.
  for (const [name, value] of new FormData(form)) {
    if (!passing.has(name) && typeof value === "string") kept[name] = value;
  }
  return kept;
}

function blocks(kept) {
  const numbers = Object.keys(kept).map((name) => /^comments-(\d+)-/.exec(name)?.[1]);
  return Math.max(0, ...numbers.filter(Boolean).map(Number)) + 1;
}

const own = (part) => form.elements[`comments-0-${part}`]?.value || "";

const begun = () => words.some((part) => own(part));

// Which of the comments that were kept this page was opened for; a further one where none is.
function placeOf(kept) {
  const last = blocks(kept);
  const there = (at, part) => kept[`comments-${at}-${part}`] || "";
  const alike = (at) => ["target", "quoted", "at"].every((part) => there(at, part) === own(part))
    || (!own("quoted") && there(at, "target") === own("target"));
  const same = Array.from({ length: last }, (_, at) => at).find(alike);
  if (same !== undefined) return { at: same, known: true };
  const empty = !["text", "proposed", "quoted"].some((part) => there(last - 1, part));
  return { at: empty ? last - 1 : last, known: !own("target") && !begun() };
}

// What was kept, with that comment. What is typed here is put to it, however late the rest came.
function joined(kept, { at, known }) {
  const whole = Object.assign(Object.create(null), kept);
  if (!known) for (const part of about) whole[`comments-${at}-${part}`] = own(part);
  for (const part of words) {
    const name = `comments-${at}-${part}`;
    const earlier = (known && kept[name]) || "";
    if (own(part) && own(part) !== earlier) whole[name] = earlier ? `${earlier}\n${own(part)}` : own(part);
  }
  return whole;
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
  return page.querySelector("form[data-keep]");
}

function fill(kept) {
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements[name];
    if (!field || name.endsWith("-kept")) continue; // the server knows which files are still there
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
}

// The form with all comments takes the place of that with one; who was typing goes on typing.
function replace(fresh, kept, at) {
  const typing = document.activeElement;
  const name = typing?.form === form ? typing.name.replace("comments-0-", `comments-${at}-`) : "";
  const caret = name ? [typing.selectionStart, typing.selectionEnd] : [];
  form.replaceChildren(...fresh.childNodes);
  fill(kept);
  const field = form.elements[name];
  if (!field?.focus) return;
  field.focus();
  if (field.setSelectionRange && caret[0] !== null) field.setSelectionRange(...caret);
}

// A page opened afresh gets back what was kept. Nothing is saved before that: what is on the page
// until then is one comment, and would take the place of all the others.
async function restore() {
  const found = load(slug);
  if (found && form.dataset.fresh === "yes") {
    let kept = joined(found, placeOf(found));
    const drawn = Object.entries(kept).some(([name, value]) => /-(quoted|kept)$/.test(name) && value);
    if (blocks(kept) > 1 || drawn) {
      let fresh, asked;
      do {
        asked = blocks(kept);
        fresh = await fromServer(kept).catch(() => null);
        kept = joined(found, placeOf(found)); // with what was typed meanwhile
      } while (fresh && blocks(kept) > asked);
      if (fresh) replace(fresh, kept, placeOf(found).at);
      else unseen = found; // no connection: it stays as it is, beside what is typed here
    } else fill(kept);
    for (const details of form.querySelectorAll("details")) {
      const areas = [...details.querySelectorAll("textarea")];
      if (areas.some((area) => area.value && !area.name.endsWith("-quoted"))) details.open = true;
    }
  }
  restored = true;
  if (begun()) keep();
  form.querySelectorAll("[data-proposal]").forEach(compare);
}

// Without a connection the form has one comment, whose place is after those that were kept.
function keep() {
  if (!restored) return;
  if (!Object.keys(unseen).length) {
    save(slug, typed());
    return;
  }
  save(slug, joined(unseen, placeOf(unseen)));
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
  keep();
  if (event.target.dataset?.limit) counter(event.target);
  const box = event.target.closest("[data-proposal]");
  if (box) compare(box);
});
form.addEventListener("submit", keep);
document.querySelector(".summary")?.focus();
restore();
