// The moderation desk by keyboard: j and k move in the queue, 1 to 5 choose, chosen words are masked.

const form = document.querySelector("form[data-decide]");
const typing = "input:not([type=radio]), textarea, select";

function move(step) {
  const links = [...document.querySelectorAll(".queue a")];
  const here = links.findIndex((link) => link.getAttribute("aria-current"));
  const next = links[here < 0 ? 0 : here + step];
  if (next) next.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(typing)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (form && /^[1-5]$/.test(event.key)) {
    const choice = form.querySelectorAll("input[name=outcome]")[Number(event.key) - 1];
    choice.checked = true;
    choice.focus();
  }
});

// Words selected in the comment are offered to be masked: they go into the field as they stand.
const comment = document.querySelector("[data-comment]");
const offer = form?.querySelector("[data-mask]");
if (comment && offer) {
  offer.hidden = false;
  offer.addEventListener("click", () => {
    const chosen = document.getSelection().toString().trim();
    if (!chosen || !comment.contains(document.getSelection().anchorNode)) return;
    const field = form.elements.masked;
    field.value = [field.value.trim(), ...chosen.split("\n")].filter(Boolean).join("\n");
    form.querySelector("input[name=outcome][value=redact]").checked = true;
  });
}
