// The structure editor by keyboard: each key presses the button that is there for everybody.

const form = document.querySelector("form[data-structure]");
const keys = form.querySelector("[data-keys]");
keys.hidden = false;

const rtl = form.querySelector(".rows").dir === "rtl"; // the list's direction, not the page's
const plain = { s: "split", n: "insert", Backspace: "join", Delete: "delete" };
const withAlt = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: rtl ? "indent" : "outdent",
  ArrowRight: rtl ? "outdent" : "indent",
};

function press(act) {
  const button = form.querySelector(`.tool[value="${act}"]`);
  if (button && !button.disabled) form.requestSubmit(button);
}

function actOf(event) {
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.toLowerCase();
    if (key === "y" || (key === "z" && event.shiftKey)) return "redo";
    return key === "z" ? "undo" : "";
  }
  const chosen = event.target.name === "eid";
  if (event.altKey) return chosen ? withAlt[event.key] : "";
  // The key s sits where Arabic keyboards write س.
  return chosen ? plain[event.key] || { KeyS: "split", KeyN: "insert" }[event.code] : "";
}

document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("input:not([name=eid]), textarea, select")) return;
  if (event.key === "?" || event.key === "؟") {
    keys.open = !keys.open;
    return;
  }
  const act = actOf(event);
  if (!act) return;
  event.preventDefault();
  press(act);
});

// A warning leads to its provision, which is then the chosen one.
function choose(id) {
  const radio = document.getElementById(id)?.querySelector("input[name=eid]");
  if (!radio) return false;
  radio.checked = true;
  radio.focus();
  follow(radio);
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-leads]");
  if (link && link.pathname === location.pathname && choose(decodeURIComponent(link.hash.slice(1)))) {
    event.preventDefault();
  }
});

// The source beside the list shows the line on which the chosen provision begins.
const source = document.querySelector("[data-source]");

function follow(radio) {
  form.elements.kind.value = radio.dataset.kind; // what it is, to be changed from there
  const line = source?.querySelector(`[data-line="${radio.dataset.at}"]`);
  if (!line) return;
  source.querySelector(".here")?.classList.remove("here");
  line.classList.add("here");
  source.scrollTop = line.offsetTop - source.offsetTop - source.clientHeight / 3;
}

form.addEventListener("change", (event) => {
  if (event.target.name === "eid") follow(event.target);
});

const number = form.elements.number;
number.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  press("renumber");
});

const chosen = form.querySelector("input[name=eid][autofocus]");
if (chosen) {
  chosen.focus({ preventScroll: true });
  chosen.scrollIntoView({ block: "center" });
  follow(chosen);
}
