// What a proposal changes, word by word, shown while it is typed. The server shows the same before
// sending; this is only sooner.

const pieces = (text) => text.match(/[\p{L}\p{N}\p{M}_\u200c\u200d]+|\s+|[^\s]/gu) ?? [];
const MOST = 250_000; // of one text's pieces times the other's

// [op, text] with op one of "equal", "delete", "insert".
export function changes(before, after) {
  const old = pieces(before);
  const now = pieces(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)
  ) tail += 1;
  const a = old.slice(head, old.length - tail);
  const b = now.slice(head, now.length - tail);
  const middle = a.length * b.length > MOST ? whole(a, b) : common(a, b);
  const ops = [["equal", old.slice(0, head)], ...middle, ["equal", old.slice(old.length - tail)]];
  return ops.filter(([, words]) => words.length).map(([op, words]) => [op, words.join("")]);
}

const whole = (a, b) => [["delete", a], ["insert", b]];

// The longest pieces in common, from the end; white space alone keeps nothing together.
function common(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  const ops = [];
  const add = (op, piece) => {
    if (ops.at(-1)?.[0] === op) ops.at(-1)[1].push(piece);
    else ops.push([op, [piece]]);
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("equal", a[i]);
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || table[i + 1][j] >= table[i][j + 1])) {
      add("delete", a[i]);
      i += 1;
    } else {
      add("insert", b[j]);
      j += 1;
    }
  }
  return ops;
}

function mark(op, words, said) {
  if (op === "equal") return document.createTextNode(words);
  const marked = document.createElement(op === "delete" ? "del" : "ins");
  const aloud = document.createElement("bdi"); // which dir="auto" looks past
  aloud.className = "hide";
  aloud.textContent = `${op === "delete" ? said.deleted : said.added} `;
  marked.append(aloud, words);
  return marked;
}

// Shows under the field of `box` what it changes of `original`.
export function show(box, original) {
  const area = box.querySelector("textarea");
  let live = box.querySelector(".live");
  if (!live) {
    live = document.createElement("p");
    live.className = "live words kept";
    live.dir = "auto";
    area.after(live);
  }
  const ops = original && area.value.trim() ? changes(original, area.value.trim()) : [];
  const differs = ops.some(([op]) => op !== "equal");
  live.hidden = !differs;
  live.replaceChildren(...ops.map(([op, words]) => mark(op, words, box.dataset)));
}
