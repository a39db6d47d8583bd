// Asks the browser for a passkey and sends its answer with the form. The page says what cannot be.

const form = document.querySelector("form[data-passkey]");
const button = form.querySelector("button");
const asked = JSON.parse(form.dataset.options);
const party = asked.rp?.id ?? asked.rpId;
const WHY = { InvalidStateError: "known", SecurityError: "unable", NotSupportedError: "unable" };
const NOTES = ["unable", "elsewhere", "failed", "known"];

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const described = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

function say(name) {
  for (const each of NOTES) document.querySelector(`[data-${each}]`).hidden = each !== name;
}

function options() {
  const read = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) read.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) read.excludeCredentials = described(asked.excludeCredentials);
  if (asked.allowCredentials) read.allowCredentials = described(asked.allowCredentials);
  return { publicKey: read };
}

function written({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const held = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(held) });
}

async function ask() {
  // No key is made that the portal then refuses for want of a name.
  if (form.elements.name && !form.elements.name.value.trim()) {
    form.submit();
    return;
  }
  button.disabled = true;
  say("");
  try {
    const found = await navigator.credentials[form.dataset.passkey](options());
    form.elements.answer.value = written(found);
    form.submit();
  } catch (error) {
    button.disabled = false;
    say(WHY[error.name] ?? "failed");
  }
}

const here = location.hostname;
if (here !== party && !here.endsWith(`.${party}`)) {
  say("elsewhere");
} else if (!globalThis.PublicKeyCredential) {
  say("unable");
} else {
  button.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
}
// A page that comes back from the browser's memory has a button again.
addEventListener("pageshow", () => { button.disabled = false; });
