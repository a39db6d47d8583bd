// A document's page: what more it needs is fetched when it is needed, so that reading stays light.

const book = document.querySelector("[data-consultation]");
const compose = book?.dataset.compose;

// The tray: comments that wait in this browser to be sent.
let kept = [];
try {
  kept = Object.keys(localStorage).filter((key) => key === `radd:${book?.dataset.consultation}`);
} catch {
  // Storage is switched off: nothing waits.
}
if (kept.length) import("./tray.js");

// Words chosen by hand: looked at when the choosing has come to rest.
if (compose) {
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => import("./choose.js").then((choose) => choose.offer(book)), 250);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-choose]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    import("./keyboard.js").then((keyboard) => keyboard.begin(book, link));
  });
}
