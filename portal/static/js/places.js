// Where words stand: elements that hold words of the law say in `data-at` at which character of
// the version theirs begin. The server counts whole characters, the browser halves of some.

const length = (text) => [...text].length;

function upTo(element, node, offset) {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return length(range.toString());
}

// `[from, to]` in characters of the version; nothing where no words of the law are in the range.
export function places(range, within) {
  let from = null;
  let to = null;
  for (const element of within.querySelectorAll("[data-at]")) {
    if (!range.intersectsNode(element)) continue;
    const at = Number(element.dataset.at);
    const start = element.contains(range.startContainer)
      ? upTo(element, range.startContainer, range.startOffset)
      : 0;
    const end = element.contains(range.endContainer)
      ? upTo(element, range.endContainer, range.endOffset)
      : length(element.textContent);
    if (start >= end) continue;
    from ??= at + start;
    to = at + end;
  }
  return from === null ? null : [from, to];
}

// The form for a comment on these words; the server reads the words themselves from the text.
export function address(book, [from, to]) {
  const link = new URL(book.dataset.compose, location.href);
  link.searchParams.set("from", from);
  link.searchParams.set("to", to);
  return link.href;
}
