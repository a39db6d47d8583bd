// The verifier of the record in the browser, by Web Crypto alone: what its two other parts, receipts
// and bundles, are made of. The same checks as in the Python program, in the same order and under the
// same codes. No module: the page of a bundle opens it from a folder, where there are none.
globalThis.raddRecord = (() => {
  const text = new TextEncoder();
  const reading = new TextDecoder("utf-8", { fatal: true });
  const NOTE = /^([^\s+]+)\n([0-9]{1,18})\n(\S{44})\n\n\u2014 (\S+) (\S+)\n$/;
  const LEAF = /^\{"at":"[0-9T:Z-]{20}","commitment":"([0-9a-f]{64})",(?:"consultation":"([^"\\\s]+)",)?"kind":"([a-z_]+)"\}$/;
  const HEX = /^[0-9a-f]{64}$/;

  function need(condition, what) {
    if (!condition) throw new Error(what);
  }

  async function sha(...parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  }

  const hex = (bytes) => Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
  const fromHex = (said) => Uint8Array.from(said.match(/../g), (each) => parseInt(each, 16));
  const equal = (one, other) => one.length === other.length && one.every((each, at) => each === other[at]);
  const keysOf = (said) => Object.keys(said).sort().join();

  function fromBase64(said) {
    const bytes = Uint8Array.from(atob(said), (each) => each.charCodeAt(0));
    need(btoa(String.fromCharCode(...bytes)) === said, "base64");
    return bytes;
  }

  // RFC 8785, for what stands here: texts, whole numbers, true and false, names in ASCII.
  function canonical(said) {
    if (Array.isArray(said)) return `[${said.map(canonical).join()}]`;
    if (said === null || typeof said !== "object") return JSON.stringify(said);
    return `{${Object.keys(said).sort().map((name) => `${JSON.stringify(name)}:${canonical(said[name])}`).join()}}`;
  }

  function exactly(bytes, name) {
    const read = reading.decode(bytes);
    const said = JSON.parse(read);
    need(`${JSON.stringify(said, null, 1)}\n` === read && equal(text.encode(read), bytes), name);
    return said;
  }

  async function committed(salt, content) {
    need(typeof salt === "string" && HEX.test(salt), "salt");
    return hex(await sha(fromHex(salt), await sha(text.encode(canonical(content)))));
  }

  function readLeaf(leaf) {
    const found = LEAF.exec(leaf);
    need(found, "leaf");
    return { commitment: found[1], slug: found[2] ?? "", kind: found[3] };
  }

  async function readKey(said) {
    const [name, number] = said.split("+", 2);
    const data = fromBase64(said.slice(name.length + number.length + 2));
    const id = (await sha(text.encode(`${name}\n`), data)).slice(0, 4);
    need(data.length === 33 && data[0] === 1 && hex(id) === number, "key");
    const key = await crypto.subtle.importKey("raw", data.slice(1), { name: "Ed25519" }, false, ["verify"]);
    return { text: said, name, id, key };
  }

  async function checkpoint(note, keys) {
    const found = NOTE.exec(note);
    need(found && found[1] === found[4], "checkpoint");
    const size = Number(found[2]);
    const root = fromBase64(found[3]);
    const line = fromBase64(found[5]);
    need(String(size) === found[2] && line.length === 68, "checkpoint");
    const key = keys.find((each) => each.name === found[1] && equal(each.id, line.slice(0, 4)));
    need(key, "signature");
    const signed = text.encode(note.slice(0, note.indexOf("\n\n") + 1));
    need(await crypto.subtle.verify({ name: "Ed25519" }, key.key, line.slice(4), signed), "signature");
    return { size, root, key };
  }

  const LEFT = Uint8Array.of(0);
  const NODE = Uint8Array.of(1);

  // The root of the first n leaves for each n (RFC 9162, 2.1), in one pass.
  async function roots(leaves, sizes) {
    const row = [];
    const found = new Map();
    for (let first = 0; first < leaves.length; first += 2000) {
      const some = leaves.slice(first, first + 2000);
      const hashes = await Promise.all(some.map((leaf) => sha(LEFT, text.encode(leaf))));
      for (const [offset, hash] of hashes.entries()) {
        let [width, node] = [1, hash];
        while (row.length && row.at(-1)[0] === width) {
          node = await sha(NODE, row.pop()[1], node);
          width *= 2;
        }
        row.push([width, node]);
        if (!sizes.has(first + offset + 1)) continue;
        let top = node;
        for (const [, left] of row.slice(0, -1).reverse()) top = await sha(NODE, left, top);
        found.set(first + offset + 1, top);
      }
    }
    return found;
  }

  // RFC 9162, 2.1.3.2. Halved by division: a number may be larger than what bits work on.
  async function rootByProof(leaf, index, size, proof) {
    need(index >= 0 && index < size, "index");
    let [at, last] = [index, size - 1];
    let node = await sha(LEFT, text.encode(leaf));
    const halve = () => ([at, last] = [Math.floor(at / 2), Math.floor(last / 2)]);
    for (const each of proof) {
      need(last && each.length === 32, "proof");
      if (at % 2 || at === last) {
        node = await sha(NODE, each, node);
        while (at && at % 2 === 0) halve();
      } else node = await sha(NODE, node, each);
      halve();
    }
    need(last === 0, "proof");
    return node;
  }

  const finding = (code, holds, params = {}) => ({ code, holds, params });

  // Whether this browser can check signatures at all.
  async function able() {
    try {
      await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
      return true;
    } catch {
      return false;
    }
  }

  return {
    able, canonical, checkpoint, committed, equal, exactly, finding, fromBase64, hex, keysOf, need,
    readKey, readLeaf, reading, rootByProof, roots, sha,
  };
})();
