// Marking words of a comment, to be masked or to be a part of it: by selecting them with a mouse or a finger, or by walking
// over them with the arrow keys. Places are counted in characters (code points), as the server counts.

const WORD = /[\p{L}\p{N}\p{M}_\u0640\u200c\u200d]+/gu;

// Every word of a field becomes an element that knows its place; the text stays as it is.
function takeApart(field) {
  const words = [];
  let at = 0;
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const node of texts) {
    const parts = document.createDocumentFragment();
    const text = node.data;
    let done = 0;
    for (const found of text.matchAll(WORD)) {
      const before = text.slice(done, found.index);
      parts.append(before);
      at += [...before].length;
      const word = document.createElement("span");
      word.className = "word";
      word.textContent = found[0];
      word.dataset.start = at;
      at += [...found[0]].length;
      word.dataset.end = at;
      parts.append(word);
      words.push(word);
      done = found.index + found[0].length;
    }
    const rest = text.slice(done);
    parts.append(rest);
    at += [...rest].length;
    node.replaceWith(parts);
  }
  return words;
}

export function markWords(form, comment, changed) {
  const list = form.querySelector("[data-marks]");
  if (!list || !comment) return { begin() {}, add() {} };
  const template = form.querySelector("template[data-row]");
  const said = form.querySelector("[data-said]");
  const words = [...comment.querySelectorAll("[data-field]")].flatMap(takeApart);
  const fieldOf = (word) => word.closest("[data-field]").dataset.field;
  form.querySelector("[data-marking]").hidden = false;
  form.querySelector(".typed").hidden = true;
  let cursor = -1;
  let anchor = -1;

  const say = (words_, kind) => {
    said.textContent = said.dataset[kind].replace("{}", words_);
  };

  function textOf(field, start, end) {
    const whole = comment.querySelector(`[data-field="${field}"]`).textContent;
    return [...whole].slice(start, end).join("");
  }

  // Marked words look masked, so that the page says what is chosen.
  function paint() {
    const places = [...list.children].map((row) => row.dataset.mark.split(":"));
    for (const word of words) {
      const [start, end] = [Number(word.dataset.start), Number(word.dataset.end)];
      const inside = places.some(([field, from, to]) => field === fieldOf(word) && Number(from) < end && start < Number(to));
      word.classList.toggle("marked", inside);
    }
  }

  function add(field, start, end, ground = "") {
    const value = `${field}:${start}:${end}`;
    if ([...list.children].some((row) => row.dataset.mark === value)) return;
    const row = template.content.firstElementChild.cloneNode(true);
    row.dataset.mark = value;
    row.querySelector("input").value = value;
    row.querySelector("q").textContent = textOf(field, start, end);
    const select = row.querySelector("select");
    const last = list.lastElementChild?.querySelector("select").value;
    // Words of a part begin a new one; words to be masked have the ground of those before.
    const numbered = "numbered" in list.dataset;
    const most = select.options.length;
    select.value = numbered ? Math.min(Number(last ?? 0) + 1, most) : ground || last || form.elements.ground.value;
    list.append(row);
    const redact = form.querySelector("input[name=outcome][value=redact]");
    if (redact) redact.checked = true;
    say(row.querySelector("q").textContent, "masked");
    paint();
    changed();
  }

  function fromSelection() {
    const selection = document.getSelection();
    if (selection.isCollapsed || !comment.contains(selection.anchorNode)) return false;
    const range = selection.getRangeAt(0);
    const chosen = words.filter((word) => range.intersectsNode(word) && touches(range, word));
    for (const field of new Set(chosen.map(fieldOf))) {
      const here = chosen.filter((word) => fieldOf(word) === field);
      add(field, Number(here[0].dataset.start), Number(here.at(-1).dataset.end));
    }
    selection.removeAllRanges();
    return chosen.length > 0;
  }

  // A range that ends where a word begins does not choose it.
  function touches(range, word) {
    const own = document.createRange();
    own.selectNodeContents(word);
    return range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
  }

  function show() {
    const [from, to] = [Math.min(anchor, cursor), Math.max(anchor, cursor)];
    words.forEach((word, at) => {
      word.classList.toggle("chosen", cursor >= 0 && at >= from && at <= to);
      word.tabIndex = at === cursor ? 0 : -1;
    });
    if (cursor >= 0) {
      words[cursor].focus();
      say(words.slice(from, to + 1).map((word) => word.textContent).join(" "), "word");
    }
  }

  function leave() {
    cursor = -1;
    anchor = -1;
    for (const word of words) {
      word.classList.remove("chosen");
      word.removeAttribute("tabindex");
    }
  }

  function begin() {
    if (fromSelection() || !words.length) return;
    cursor = 0;
    anchor = 0;
    show();
  }

  function step(by, extends_) {
    let next = Math.min(words.length - 1, Math.max(0, cursor + by));
    if (extends_ && fieldOf(words[next]) !== fieldOf(words[anchor])) next = cursor;
    cursor = next;
    if (!extends_) anchor = cursor;
    show();
  }

  comment.addEventListener("keydown", (event) => {
    if (cursor < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const onwards = getComputedStyle(words[cursor]).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") step(event.key === onwards ? 1 : -1, event.shiftKey);
    else if (event.key === "ArrowDown") step(8, event.shiftKey);
    else if (event.key === "ArrowUp") step(-8, event.shiftKey);
    else if (event.key === "Home") step(-words.length, event.shiftKey);
    else if (event.key === "End") step(words.length, event.shiftKey);
    else if (event.key === "Enter" || event.key === "m") {
      const [from, to] = [words[Math.min(anchor, cursor)], words[Math.max(anchor, cursor)]];
      add(fieldOf(from), Number(from.dataset.start), Number(to.dataset.end));
      leave();
      list.lastElementChild.querySelector("select").focus();
    } else if (event.key === "Escape") {
      leave();
      form.querySelector("[data-mark-selected]").focus();
    } else return;
    event.preventDefault();
  });

  // Pressing the button must not lose the selection that it is about.
  const button = form.querySelector("[data-mark-selected]");
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => begin());
  list.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-unmark]");
    if (!remove) return;
    event.preventDefault();
    remove.closest("li").remove();
    paint();
    changed();
  });
  paint();
  return { begin, add };
}
