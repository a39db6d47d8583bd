// A receipt is checked here, in the browser, and not sent. Where this browser cannot check
// signatures the form is sent as it stands, and the portal answers.
const form = document.querySelector("form[data-verify]");
const result = document.getElementById("result");
const words = JSON.parse(form.dataset.words);
const FORMS = { true: [0, "holds"], false: [1, "fails"], null: [2, "untold"] };
const LARGEST = 1024 * 1024;

function sentence({ code, holds, params }) {
  return words[code][FORMS[holds][0]].replace(/%\((\w+)\)s/g, (_all, name) => [params[name]].flat().join(", "));
}

function line(found) {
  const item = document.createElement("li");
  const kind = FORMS[found.holds][1];
  item.className = kind;
  const signs = document.querySelector("[data-signs]").content;
  item.append(...signs.querySelector(`.${kind}`).cloneNode(true).childNodes);
  const text = document.createElement("span");
  text.dir = "auto";
  text.textContent = sentence(found);
  item.append(text);
  return item;
}

async function rowsOf(bytes) {
  const { content } = raddRecord.readReceipt(bytes).entries[0];
  const asked = new URLSearchParams({ consultation: content.consultation });
  for (const each of content.comments) asked.append("number", each.number);
  const { rows } = await (await fetch(`${form.dataset.rows}?${asked}`)).json();
  return rows && new Map(Object.entries(rows).map(([number, hashes]) => [Number(number), hashes]));
}

async function check(bytes) {
  const { keys } = await (await fetch(form.dataset.keys)).json();
  const read = await Promise.all(keys.map((each) => raddRecord.readKey(each.key)));
  let rows = null;
  let asked = false;
  try {
    rows = await rowsOf(bytes);
    asked = true;
  } catch {
    // What is no receipt has no rows: the check says so.
  }
  const found = [];
  for await (const each of raddRecord.receiptFindings(bytes, read, rows)) found.push(each);
  if (asked && !rows) found.push(raddRecord.finding("receipt_rows", null));
  return found;
}

async function look(file) {
  if (file.size > LARGEST) return;
  const found = await check(new Uint8Array(await file.arrayBuffer()));
  const good = found.every((each) => each.holds !== false);
  result.querySelector("[data-verdict]").textContent = sentence({ code: "verdict", holds: good, params: {} });
  result.querySelector(".findings").replaceChildren(...found.map(line));
  result.hidden = false;
  result.focus();
}

if (await raddRecord.able()) {
  const chosen = form.elements.receipt;
  form.addEventListener("submit", (event) => {
    if (!chosen.files.length) return;
    event.preventDefault();
    look(chosen.files[0]);
  });
  chosen.addEventListener("change", () => chosen.files.length && look(chosen.files[0]));
  const place = form.querySelector(".drop");
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    place.addEventListener(name, (event) => {
      event.preventDefault();
      place.classList.toggle("over", over);
      if (name !== "drop" || !event.dataTransfer.files.length) return;
      chosen.files = event.dataTransfer.files;
      look(chosen.files[0]);
    });
  }
}
