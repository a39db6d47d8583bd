// The verifier in the browser, second part: a receipt, alone and against a bundle.
(() => {
  const { canonical, checkpoint, committed, equal, exactly, finding, fromBase64, keysOf, need } = raddRecord;
  const { readLeaf, rootByProof, roots } = raddRecord;
  const RECEIPT = ["entries", "format", "reference", "reference_salt"];
  const ENTRY = ["checkpoint", "comments", "content", "index", "leaf", "proof", "salt"];

  function hashesOf({ content }) {
    if (content.comments) return new Map(content.comments.map((each) => [each.number, each.hash]));
    return new Map([[content.comment, content.hash]]);
  }

  function readReceipt(bytes) {
    const receipt = exactly(bytes, "receipt");
    need(keysOf(receipt) === RECEIPT.join() && receipt.format === "radd-receipt-1", "receipt");
    need(receipt.entries.length, "receipt");
    for (const each of receipt.entries) {
      need(keysOf(each) === ENTRY.join(), "receipt");
      const placed = [each.index, each.proof, each.checkpoint].filter((part) => part !== null);
      need(placed.length === 3 || placed.length === 0, "receipt");
      need(each.index === null || Number.isSafeInteger(each.index), "receipt");
      need(each.comments.every((said) => keysOf(said) === "content,salt"), "receipt");
      const said = [...hashesOf(each)];
      need(said.every(([number, hash]) => Number.isSafeInteger(number) && typeof hash === "string"), "receipt");
    }
    need(typeof receipt.reference === "string", "receipt");
    return receipt;
  }

  // rows: number of a comment with its row in the matrix -> the hashes that the record has of it.
  async function* receiptFindings(bytes, keys, rows = null) {
    let receipt;
    try {
      receipt = readReceipt(bytes);
    } catch {
      yield finding("receipt_form", false);
      return;
    }
    const { entries } = receipt;
    yield finding("receipt_form", true, { reference: receipt.reference });
    yield finding("receipt_words", await words(entries));
    yield finding("receipt_leaf", await commits(receipt));
    const placed = entries.filter((each) => each.index !== null);
    if (placed.length < entries.length) yield finding("receipt_waiting", null);
    if (placed.length) {
      const { signed, good } = await proved(placed, keys);
      yield finding("receipt_signed", signed);
      yield finding("receipt_tree", signed ? good : null, { index: placed[0].index });
    }
    if (!rows) return;
    const known = new Map(entries.flatMap((each) => [...hashesOf(each)]));
    const odd = [...known].filter(([number, hash]) => !(rows.get(number) ?? []).includes(hash)).map(([number]) => number);
    yield finding("receipt_rows", !odd.length, { comments: [...known.keys()], odd });
    const later = [...known].filter(([number, hash]) => (rows.get(number) ?? []).slice(0, -1).includes(hash));
    if (later.length) yield finding("receipt_changed", null, { odd: later.map(([number]) => number) });
  }

  async function words(entries) {
    if (!entries.some((each) => each.comments.length)) return null;
    try {
      for (const entry of entries) {
        const wanted = hashesOf(entry);
        need(entry.comments.length === wanted.size, "text");
        for (const { content, salt } of entry.comments) {
          need((await committed(salt, content)) === wanted.get(content.number), "text");
          wanted.delete(content.number);
        }
      }
      return true;
    } catch {
      return false;
    }
  }

  async function commits(receipt) {
    const [first, ...others] = receipt.entries;
    try {
      const reference = await committed(receipt.reference_salt, receipt.reference);
      need(first.content.reference === reference, "reference");
      const numbers = hashesOf(first);
      need(others.every((each) => [...hashesOf(each).keys()].every((number) => numbers.has(number))), "comment");
      for (const each of receipt.entries) {
        const leaf = readLeaf(each.leaf);
        need(leaf.kind === (each === first ? "received" : "edited"), "kind");
        need(!leaf.slug || leaf.slug === each.content.consultation, "consultation");
        need((await committed(each.salt, each.content)) === leaf.commitment, "leaf");
      }
      return true;
    } catch {
      return false;
    }
  }

  async function proved(entries, keys) {
    let [signed, good] = [true, true];
    for (const each of entries) {
      let tree;
      try {
        tree = await checkpoint(each.checkpoint, keys);
      } catch {
        signed = false;
        continue;
      }
      try {
        const top = await rootByProof(each.leaf, each.index, tree.size, each.proof.map(fromBase64));
        good = good && equal(top, tree.root);
      } catch {
        good = false;
      }
    }
    return { signed, good };
  }

  // A receipt held against a bundle whose own findings were all told.
  async function* against(bytes, bundle) {
    const rows = new Map([...bundle.numbers].map((number) => [number, bundle.history.get(number) ?? []]));
    yield* receiptFindings(bytes, bundle.keys, rows);
    let good = true;
    try {
      for (const each of readReceipt(bytes).entries) good = good && (await stands(each, bundle));
    } catch {
      return;
    }
    yield finding("receipt_bundle", good);
  }

  async function stands(entry, bundle) {
    if (entry.index === null || entry.index >= bundle.leaves.length) return false;
    try {
      const { size, root } = await checkpoint(entry.checkpoint, bundle.keys);
      const told = size > bundle.leaves.length ? root : (await roots(bundle.leaves.slice(0, size), new Set([size]))).get(size);
      const opened = bundle.opened.get(entry.index);
      return equal(told, root) && bundle.leaves[entry.index] === entry.leaf && canonical(opened?.said ?? null) === canonical(entry.content);
    } catch {
      return false;
    }
  }

  Object.assign(raddRecord, { against, readReceipt, receiptFindings });
})();
