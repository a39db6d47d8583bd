// The verifier in the browser, third part: a bundle, its leaves, and the matrix.
(() => {
  const { canonical, checkpoint, committed, equal, exactly, finding, hex, keysOf, need } = raddRecord;
  const { readKey, readLeaf, reading, roots, sha } = raddRecord;
  const TEXTS = ["comment", "proposed_text", "grounds", "quoted_text"];
  const FEW = 9;

  const numberOf = (ref) => Number(ref.split(".")[0]);

  function shows(row, said) {
    for (const name of TEXTS) {
      const pieces = row[name];
      const part = row.ref.includes(".");
      if (part && !pieces.every((each) => typeof each === "string" && said[name].includes(each))) return false;
      if (!part && canonical(pieces) !== canonical(said[name] ? [said[name]] : [])) return false;
    }
    const about = [row.provision, row.place, row.comment_type, row.version];
    return canonical(about) === canonical([said.provision ?? "", said.place, said.comment_type, said.version]);
  }

  // A bundle from its files (name -> bytes); throws where they are not in their form.
  async function readBundle(files) {
    const bytes = (name) => (need(files.has(name), name), files.get(name));
    const lines = (name) => {
      const read = reading.decode(bytes(name));
      need(!read || read.endsWith("\n"), name);
      return read ? read.slice(0, -1).split("\n") : [];
    };
    const exact = (name) =>
      lines(name).map((line) => {
        const said = JSON.parse(line);
        need(canonical(said) === line, name);
        return said;
      });
    const about = exactly(bytes("bundle.json"), "bundle.json");
    need(keysOf(about) === "consultation,edition,format" && about.format === "radd-bundle-1", "bundle.json");
    const leaves = lines("leaves.jsonl");
    return {
      slug: about.consultation,
      edition: about.edition,
      keys: await Promise.all(exactly(bytes("keys.json"), "keys.json").map(readKey)),
      notes: exactly(bytes("checkpoints.json"), "checkpoints.json"),
      leaves,
      read: leaves.map(readLeaf),
      openings: exact("openings.jsonl"),
      matrix: bytes("matrix.json"),
      comments: exact("comments.jsonl"),
      opened: new Map(),
      history: new Map(),
      numbers: new Set(),
      twice: new Set(),
    };
  }

  async function* bundleFindings(bundle) {
    const signed = [];
    try {
      for (const note of bundle.notes) signed.push(await checkpoint(note, bundle.keys));
      need(signed.at(-1).size === bundle.leaves.length, "size");
    } catch {
      yield finding("signature", false);
      return;
    }
    yield finding("signature", true, { keys: bundle.keys.map((key) => key.text).join(", ") });
    const told = await roots(bundle.leaves, new Set(signed.map((each) => each.size)));
    const same = signed.every((each) => told.has(each.size) && equal(told.get(each.size), each.root));
    const counts = { leaves: bundle.leaves.length, checkpoints: signed.length };
    yield finding("tree", same && told.size === signed.length, counts);
    const good = await open(bundle);
    yield finding("opened", good, { openings: bundle.openings.length });
    if (!good) return;
    if (bundle.keys.length > 1) yield finding("keys", keysFollow(bundle, signed));
    yield* matrixFindings(bundle);
  }

  async function open(bundle) {
    try {
      for (const each of bundle.openings) {
        need(keysOf(each) === "content,index,salt" && !bundle.opened.has(each.index), "opening");
        const leaf = bundle.read[each.index];
        need((await committed(each.salt, each.content)) === leaf.commitment, "opening");
        bundle.opened.set(each.index, { kind: leaf.kind, said: each.content });
      }
      return true;
    } catch {
      return false;
    }
  }

  function keysFollow(bundle, signed) {
    const named = [...bundle.opened].filter(([, each]) => each.kind === "keys_changed");
    return bundle.keys.slice(1).every((key, at) => {
      const before = bundle.keys[at];
      const [index, change] = named.find(([, each]) => each.said.key === key.text) ?? [0, null];
      return change?.said.before === before.text && signed.some((each) => each.key === before && each.size > index);
    });
  }

  async function* matrixFindings(bundle) {
    const mine = new Map([...bundle.opened].filter(([, each]) => each.said.consultation === bundle.slug));
    const editions = [...mine].filter(
      ([, { kind, said }]) => kind === "edition_published" && said.edition === bundle.edition,
    );
    const digest = hex(await sha(bundle.matrix));
    const restated = erasures(bundle, mine);
    const good = editions.length === 1 && (restated || editions[0][1].said.digest) === digest;
    yield finding("edition", good, { edition: bundle.edition, digest });
    if (!good) return;
    if (restated) {
      const comments = [...bundle.erased].sort((a, b) => a - b).slice(0, FEW);
      yield finding("erased", null, { comments });
    }
    const until = editions[0][0];
    const received = [...bundle.read.slice(0, until).entries()]
      .filter(([, leaf]) => leaf.kind === "received" && leaf.slug === bundle.slug)
      .map(([index]) => index);
    const shut = received.filter((index) => !mine.has(index));
    yield finding("complete", !shut.length, { submissions: received.length, odd: shut.slice(0, FEW) });
    const gone = tell(bundle, mine, until);
    yield* rowFindings(bundle, gone, JSON.parse(reading.decode(bundle.matrix)));
  }

  // The comments erased by law, and the digest that the edition has since, if it has another.
  function erasures(bundle, mine) {
    bundle.erased = new Set();
    let digest = "";
    for (const index of [...mine.keys()].sort((a, b) => a - b)) {
      const { kind, said } = mine.get(index);
      if (kind !== "erased") continue;
      for (const number of said.comments) bundle.erased.add(number);
      digest = said.editions.find((each) => each.edition === bundle.edition)?.digest ?? digest;
    }
    return digest;
  }

  function tell(bundle, mine, until) {
    const gone = new Set();
    const note = (number, hash) => bundle.history.set(number, [...(bundle.history.get(number) ?? []), hash]);
    for (const index of [...mine.keys()].filter((each) => each < until).sort((a, b) => a - b)) {
      const { kind, said } = mine.get(index);
      if (kind === "received") {
        for (const each of said.comments) {
          // Received once: what an author changes later is another kind of entry.
          if (bundle.history.has(each.number)) bundle.twice.add(each.number);
          note(each.number, each.hash);
        }
      } else if (kind === "edited") note(said.comment, said.hash);
      else if (kind === "withdrawn") gone.add(said.comment);
    }
    return gone;
  }

  async function* rowFindings(bundle, gone, rows) {
    const last = (number) => bundle.history.get(number)?.at(-1);
    bundle.numbers = new Set(rows.map((row) => numberOf(row.ref)));
    const all = Array.from({ length: bundle.history.size }, (_each, at) => at + 1);
    const known = new Set([...all, ...bundle.numbers, ...bundle.history.keys()]);
    let odd = [...known].filter(
      (each) => each > all.length || !bundle.numbers.has(each) || !bundle.history.has(each) || bundle.twice.has(each),
    );
    yield finding("rows", !odd.length, { comments: bundle.history.size, odd: odd.slice(0, FEW) });
    odd = rows
      .filter((row) => last(numberOf(row.ref)) !== row.hash || (row.publication === "withdrawn" && !gone.has(numberOf(row.ref)) && !bundle.erased.has(numberOf(row.ref))) || ("erased" in row && !bundle.erased.has(numberOf(row.ref))))
      .map((row) => row.ref);
    yield finding("hashes", !odd.length, { rows: rows.length, odd: odd.slice(0, FEW) });
    const byNumber = Map.groupBy ? Map.groupBy(rows, (row) => numberOf(row.ref)) : grouped(rows);
    odd = [];
    for (const { content, salt } of bundle.comments) {
      const same = (await committed(salt, content)) === last(content.number);
      if (!same || !(byNumber.get(content.number) ?? []).every((row) => shows(row, content))) odd.push(content.number);
    }
    const unseen = byNumber.size - bundle.comments.length;
    yield finding("texts", !odd.length, { texts: bundle.comments.length, unseen, odd: odd.slice(0, FEW) });
  }

  function grouped(rows) {
    const found = new Map();
    for (const row of rows) found.set(numberOf(row.ref), [...(found.get(numberOf(row.ref)) ?? []), row]);
    return found;
  }

  Object.assign(raddRecord, { bundleFindings, readBundle });
})();
