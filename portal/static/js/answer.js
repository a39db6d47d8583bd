// The page of a response while somebody writes: only the fields that the decision needs, what is
// missing as the server's rules say it, everything kept as it is typed, colleagues seen.
import { show } from "./showing.js";
import { forget, load, save } from "./store.js";

const form = document.querySelector("form[data-answer]");
const name = form.dataset.answer;
const rules = form.dataset.rules ? JSON.parse(form.dataset.rules) : null;
const LATER = 2500; // after the last key, before it goes to the server
const AGAIN = 20_000; // a colleague lapses after a minute
const passing = new Set(["csrf_token", "seen", "kept", "of", "many", "opened", "key", "response", "template"]);
let waiting = 0;
let sending = false;
let dirty = false;
let lost = false; // another window of mine goes on: this one keeps to the browser
let leaving = false;

// Fields by need; without scripts they all stand there.
function fit() {
  const rule = rules[form.elements.disposition.value];
  for (const part of form.querySelectorAll("[data-need]")) {
    const need = part.dataset.need;
    const wanted = rule && (need === "change" ? rule.change : rule.needs === need);
    const filled = [...part.querySelectorAll("input, select, textarea")].some((each) =>
      each.type === "checkbox" ? each.checked : each.value,
    );
    part.hidden = !wanted && !filled && !part.querySelector(".error");
  }
  for (const hint of form.querySelectorAll("[data-hints] [data-for]")) {
    hint.hidden = !hint.dataset.for.split(" ").includes(form.elements.disposition.value);
  }
}

function typed() {
  const kept = Object.create(null);
  for (const [field, value] of new FormData(form)) {
    if (passing.has(field) || field.startsWith("keep-")) continue;
    kept[field] = field === "changes" ? [...(kept[field] || []), value] : value;
  }
  return kept;
}

const plain = (kept) =>
  JSON.stringify(
    Object.entries(kept)
      .map(([field, value]) => [field, String(value).replace(/\s+/g, " ").trim()])
      .filter(([, value]) => value)
      .sort(),
  );

function say(words) {
  form.querySelector("[data-saved]").textContent = words;
}

async function keep(whileLeaving = false) {
  clearTimeout(waiting);
  if (!dirty || lost || (sending && !whileLeaving)) return;
  dirty = false;
  sending = true;
  const sent = plain(typed());
  try {
    const body = new FormData(form);
    const answer = await fetch(form.dataset.keep, { method: "POST", body, keepalive: whileLeaving });
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (answer.ok && json && !answer.redirected) {
      form.elements.kept.value = json.kept;
      show(form.querySelector("[data-told]"), json.told);
      say(json.said);
      if (plain(typed()) === sent) forget(name);
    } else {
      lost = answer.status === 409;
      dirty = !lost;
      say(json?.said || form.dataset.lost);
    }
  } catch {
    dirty = true;
    if (!leaving) say(form.dataset.lost);
  }
  sending = false;
  if (dirty && !lost) soon(LATER * 2);
}

function soon(after = LATER) {
  clearTimeout(waiting);
  waiting = setTimeout(keep, after);
}

function changed() {
  dirty = true;
  save(name, typed());
  soon();
}

function fill(kept) {
  for (const field of form.elements) {
    if (!field.name || passing.has(field.name) || !(field.name in kept)) {
      if (field.name === "changes") field.checked = false;
      continue;
    }
    if (field.type === "checkbox") field.checked = [kept[field.name]].flat().includes(field.value);
    else if (field.type !== "radio" && field.type !== "hidden") field.value = kept[field.name];
  }
}

// Words of an earlier visit that never reached the server.
function offerKept() {
  const here = load(name);
  if (!here) return;
  if (plain(here) === plain(typed())) {
    forget(name);
    return;
  }
  const box = document.querySelector("[data-kept-here]");
  box.hidden = false;
  box.querySelector("[data-put-back]").addEventListener("click", () => {
    fill(here);
    fit();
    changed();
    box.hidden = true;
    form.elements.reason_ar.focus();
  });
  box.querySelector("[data-let-go]").addEventListener("click", () => {
    forget(name);
    box.hidden = true;
  });
}

// A kept reason goes in at the caret of the reasons that were last written in, in their language.
let last = null;
function insert() {
  const select = form.elements.template;
  const option = select.selectedOptions[0];
  if (!option?.value) {
    select.focus();
    return;
  }
  const areas = { ar: form.elements.reason_ar, en: form.elements.reason_en };
  for (const [language, area] of Object.entries(areas)) {
    const words = option.dataset[language];
    if (!words || (last && last !== area && areas.ar.value + areas.en.value)) continue;
    const at = last === area ? area.selectionStart : area.value.length;
    const end = last === area ? area.selectionEnd : at;
    const gap = at && !/\s$/.test(area.value.slice(0, at)) ? " " : "";
    area.setRangeText(gap + words, at, end, "end");
  }
  if (option.dataset.disposition && !form.elements.disposition.value) {
    form.elements.disposition.value = option.dataset.disposition;
  }
  (last ?? areas.ar).focus();
  fit();
  changed();
}

async function present() {
  if (document.hidden) return;
  const body = new FormData();
  for (const field of ["csrf_token", "key"]) body.set(field, form.elements[field].value);
  const answer = await fetch(form.dataset.presence, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const box = document.querySelector("[data-others]");
  const said = await answer.text();
  if (box.innerHTML.trim() !== said.trim()) show(box, said);
}

if (rules) {
  fit();
  form.querySelector("[data-look]").hidden = true;
  offerKept();
  form.addEventListener("input", changed);
  form.addEventListener("change", (event) => {
    if (!event.target.name.startsWith("keep-")) fit();
  });
  for (const area of [form.elements.reason_ar, form.elements.reason_en]) {
    area.addEventListener("focus", () => (last = area));
  }
  form.addEventListener("click", (event) => {
    if (event.target.closest("button[value=insert]")) {
      event.preventDefault();
      insert();
    }
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    clearTimeout(waiting);
    leaving = true;
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
  addEventListener("online", () => keep());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !leaving) keep(true);
  });
  addEventListener("pagehide", () => {
    if (!leaving) keep(true);
  });
}
setInterval(present, AGAIN);
document.addEventListener("visibilitychange", present);
document.querySelector(".summary, .conflict h2")?.focus?.();
