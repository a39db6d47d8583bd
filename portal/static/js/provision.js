// Splits a provision where the cursor stands; the place is counted in characters, as the server does.

const form = document.querySelector("form[data-provision]");
const button = form.querySelector("[data-split]");
const text = form.elements.text;

button.hidden = false;
button.addEventListener("click", () => {
  button.value = [...text.value.slice(0, text.selectionStart)].length;
});
document.querySelector(".summary")?.focus();
