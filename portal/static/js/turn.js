// Waits until it is this form's turn, or does the work that is asked instead; then it is sent,
// where sending was asked for. Only the result of the work leaves the browser.

const form = document.querySelector("form[data-turn]");
const note = form.querySelector("[data-said]");
const asked = form.querySelector("[data-work]");
const send = form.querySelector("button[value=send]");
const begun = performance.now();
let pressed = "pressed" in form.dataset;
let ready = false;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((each) => each.toString(16).padStart(2, "0")).join("");

// Each try is computed by the browser outside the page, so the page goes on answering.
async function solve({ parameters, signature }) {
  const nonce = bytes(parameters.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(parameters.salt), iterations: parameters.cost };
  for (let counter = 0; ; counter += 1) {
    new DataView(password.buffer).setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(how, key, parameters.keyLength * 8));
    if (derivedKey.startsWith(parameters.keyPrefix)) {
      return btoa(JSON.stringify({ challenge: { parameters, signature }, solution: { counter, derivedKey } }));
    }
  }
}

function say(words, number = "") {
  note.textContent = words.replace("{}", number);
}

function done() {
  if (ready) return;
  ready = true;
  say(pressed ? note.dataset.sending : note.dataset.ready);
  if (pressed) form.requestSubmit(send);
}

function count() {
  const left = Number(form.dataset.turn) - (performance.now() - begun) / 1000;
  if (ready) return;
  // A second more: the server counts in whole ones, and by its own clock.
  if (left < -1) {
    done();
    return;
  }
  if (!asked) say(note.dataset.left, Math.max(0, Math.ceil(left)));
  setTimeout(count, 1000);
}

form.addEventListener("submit", (event) => {
  if (event.submitter !== send || ready) return;
  pressed = true;
  event.preventDefault();
});

form.classList.add("by-script");
if (asked && globalThis.crypto?.subtle) {
  say(note.dataset.computing);
  solve(JSON.parse(asked.dataset.work)).then((solution) => {
    asked.value = solution;
    done();
  });
}
count();
