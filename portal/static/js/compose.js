// Keeps a half-written submission in this browser, and counts characters while typing.
import { load, save } from "./store.js";

const form = document.querySelector("form[data-keep]");
const slug = form.dataset.keep;
const passing = new Set(["form_key", "action", "csrf_token"]);

function typed() {
  const kept = {};
  for (const [name, value] of new FormData(form)) if (!passing.has(name)) kept[name] = value;
  return kept;
}

function blocks(kept) {
  const numbers = Object.keys(kept).map((name) => /^comments-(\d+)-/.exec(name)?.[1]);
  return Math.max(0, ...numbers.filter(Boolean).map(Number)) + 1;
}

// A page opened afresh gets back what was kept; a chosen article becomes a further comment.
async function restore() {
  const kept = load(slug);
  if (!kept || form.dataset.fresh !== "yes") return;
  const wanted = form.elements["comments-0-target"]?.value || "";
  const last = blocks(kept);
  const there = Array.from({ length: last }, (_, at) => kept[`comments-${at}-target`] || "");
  const empty = !kept[`comments-${last - 1}-text`] && !kept[`comments-${last - 1}-proposed`];
  if (wanted && !there.includes(wanted)) kept[`comments-${empty ? last - 1 : last}-target`] = wanted;
  const need = blocks(kept);
  if (need > 1) {
    // The server knows how a comment's fields look: it is asked for as many as were kept.
    const body = new FormData(form);
    for (const [name, value] of Object.entries(kept)) body.set(name, value);
    for (let at = 0; at < need; at += 1) {
      for (const part of ["target", "type", "text"]) {
        const name = `comments-${at}-${part}`;
        if (!body.has(name)) body.set(name, part === "type" ? "substantive" : "");
      }
    }
    body.set("action", "edit");
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-keep]");
    if (!fresh) return;
    form.replaceChildren(...fresh.childNodes);
  } else {
    for (const [name, value] of Object.entries(kept)) {
      const field = form.elements[name];
      if (!field) continue;
      if (field.type === "checkbox") field.checked = true;
      else field.value = value;
    }
  }
  for (const details of form.querySelectorAll("details")) {
    if ([...details.querySelectorAll("textarea")].some((area) => area.value)) details.open = true;
  }
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
  save(slug, typed());
  if (event.target.dataset?.limit) counter(event.target);
});
form.addEventListener("submit", () => save(slug, typed()));
document.querySelector(".summary")?.focus();
restore();
