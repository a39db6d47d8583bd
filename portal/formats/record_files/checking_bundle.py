"""The verifier, second part: a bundle, its leaves, what was opened of them, and the matrix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from portal.formats.record_files.checking import (
    Checkpoint,
    Finding,
    Key,
    WrongError,
    canonical,
    committed,
    exactly,
    need,
    read_leaf,
    roots,
    sha,
)

TEXTS = ("comment", "proposed_text", "grounds", "quoted_text")
BAD = (WrongError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
FEW = 9
Opened = dict[int, tuple[str, Any]]


class Bundle:
    """The files of a bundle, in exactly the form in which they are written. Raises `BAD`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        about = self._json("bundle.json")
        need(set(about) == {"format", "consultation", "edition"}, "bundle.json")
        need(about["format"] == "radd-bundle-1", "bundle.json")
        self.slug, self.edition = about["consultation"], about["edition"]
        self.keys = [Key(text) for text in self._json("keys.json")]
        self.notes: list[str] = self._json("checkpoints.json")
        data = self._read("leaves.jsonl")
        need(data.endswith(b"\n"), "leaves.jsonl")
        self.leaves = data[:-1].split(b"\n")
        self.read = [read_leaf(leaf.decode("ascii")) for leaf in self.leaves]
        self.openings = list(self._lines("openings.jsonl"))
        self.matrix = self._read("matrix.json")
        self.comments = list(self._lines("comments.jsonl"))
        self.opened: Opened = {}
        # What the record says of each comment, in order: the last is the hash of its row.
        self.history: dict[int, list[str]] = {}
        self.numbers: set[int] = set()
        self.twice: set[int] = set()
        self.erased: set[int] = set()

    def _read(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise WrongError(name) from error

    def _json(self, name: str) -> Any:
        return exactly(self._read(name), name)

    def _lines(self, name: str) -> Iterator[Any]:
        data = self._read(name)
        need(not data or data.endswith(b"\n"), name)
        for line in data.split(b"\n")[:-1]:
            said = json.loads(line)
            need(canonical(said) == line, name)
            yield said

    def findings(self, pinned: str = "", witnesses: Iterable[str] = ()) -> Iterator[Finding]:
        """Everything that can be told of the bundle alone, until something fails that the rest
        builds on."""
        try:
            checkpoints = [Checkpoint(note, self.keys) for note in self.notes]
            need(checkpoints[-1].size == len(self.leaves), "size")
        except BAD:
            yield Finding("signature", False)
            return
        names = [key.text for key in self.keys]
        known = not pinned or pinned in names
        yield Finding("signature", known, {"keys": ", ".join(names)})
        sizes = {each.size: each.root for each in checkpoints}
        good = roots(self.leaves, set(sizes)) == sizes and len(sizes) == len(checkpoints)
        yield Finding("tree", good, {"leaves": len(self.leaves), "checkpoints": len(checkpoints)})
        good = self._open()
        yield Finding("opened", good, {"openings": len(self.openings)})
        if not good:
            return
        if len(self.keys) > 1:
            yield Finding("keys", self._keys_follow(checkpoints), {"keys": len(self.keys)})
        yield from self._of_matrix()
        for note in witnesses:
            yield self._seen(note)

    def _seen(self, note: str) -> Finding:
        try:
            other = Checkpoint(note, self.keys)
        except BAD:
            return Finding("witness_unknown", None)
        said = {"leaves": other.size}
        if other.size > len(self.leaves):
            return Finding("witness", None, said)
        mine = roots(self.leaves[: other.size], {other.size})
        return Finding("witness", mine.get(other.size) == other.root, said)

    def _open(self) -> bool:
        """Whether each leaf that was opened commits to what is said to be in it."""
        try:
            for each in self.openings:
                index = each["index"]
                need(set(each) == {"index", "content", "salt"} and index >= 0, "opening")
                need(index not in self.opened, "opening")
                leaf, _slug, kind = self.read[index]
                need(committed(each["salt"], each["content"]) == leaf, "opening")
                self.opened[index] = (kind, each["content"])
        except BAD:
            return False
        return True

    def _keys_follow(self, signed: list[Checkpoint]) -> bool:
        """Each key but the first is named in a tree that the one before it signed."""
        named = {c["key"]: (i, c["before"]) for i, (k, c) in self.opened.items() if k == CHANGED}
        for before, key in zip(self.keys, self.keys[1:], strict=False):
            at, said = named.get(key.text, (0, ""))
            covered = any(each.key is before and each.size > at for each in signed)
            if said != before.text or not covered:
                return False
        return True

    def _of_matrix(self) -> Iterator[Finding]:
        mine = {i: (k, c) for i, (k, c) in self.opened.items() if c.get(OF) == self.slug}
        editions = [
            (i, c["digest"])
            for i, (k, c) in mine.items()
            if k == "edition_published" and c["edition"] == self.edition
        ]
        digest = sha(self.matrix).hex()
        self.erased, restated = self._erasures(mine)
        good = len(editions) == 1 and (restated or editions[0][1]) == digest
        yield Finding("edition", good, {"edition": self.edition, "digest": digest})
        if not good:
            return
        if restated:
            yield Finding("erased", None, {"comments": sorted(self.erased)[:FEW]})
        until = editions[0][0]
        received = [
            index
            for index, (_leaf, slug, kind) in enumerate(self.read[:until])
            if kind == "received" and slug == self.slug
        ]
        shut = [index for index in received if index not in mine]
        yield Finding("complete", not shut, {"submissions": len(received), "odd": shut[:FEW]})
        yield from self._of_rows(self._tell(mine, until), json.loads(self.matrix))

    def _erasures(self, mine: Opened) -> tuple[set[int], str]:
        """The comments that were erased by law, and the digest that the edition has since: of the
        newest erasure that touched it, nothing where none did."""
        erased, digest = set(), ""
        for index in sorted(mine):
            kind, said = mine[index]
            if kind == "erased":
                erased |= set(said["comments"])
                mine_now = [e["digest"] for e in said["editions"] if e["edition"] == self.edition]
                digest = mine_now[0] if mine_now else digest
        return erased, digest

    def _tell(self, mine: Opened, until: int) -> set[int]:
        """Go through what happened before the edition; gives the comments that were withdrawn."""
        gone = set()
        for index in sorted(index for index in mine if index < until):
            kind, said = mine[index]
            if kind == "received":
                for each in said["comments"]:
                    # Received once: what an author changes later is another kind of entry.
                    self.twice |= {each["number"]} & self.history.keys()
                    self.history.setdefault(each["number"], []).append(each["hash"])
            elif kind == "edited":
                self.history.setdefault(said["comment"], []).append(said["hash"])
            elif kind == "withdrawn":
                gone.add(said["comment"])
        return gone

    def _of_rows(self, gone: set[int], rows: list[Any]) -> Iterator[Finding]:
        gone = gone | self.erased
        self.numbers = {number_of(row["ref"]) for row in rows}
        whole = set(range(1, len(self.history) + 1))
        odd: list[Any] = sorted((whole ^ self.numbers) | (whole ^ self.history.keys()) | self.twice)
        yield Finding("rows", not odd, {"comments": len(self.history), "odd": odd[:FEW]})
        odd = [
            row["ref"]
            for row in rows
            if self.history.get(number_of(row["ref"]), [""])[-1] != row["hash"]
            or (row["publication"] == "withdrawn" and number_of(row["ref"]) not in gone)
            or ("erased" in row and number_of(row["ref"]) not in self.erased)
        ]
        yield Finding("hashes", not odd, {"rows": len(rows), "odd": odd[:FEW]})
        by_number: dict[int, list[Any]] = {}
        for row in rows:
            by_number.setdefault(number_of(row["ref"]), []).append(row)
        odd = [
            each["content"]["number"] for each in self.comments if not self._same(each, by_number)
        ]
        unseen = len(by_number) - len(self.comments)
        said = {"texts": len(self.comments), "unseen": unseen, "odd": odd[:FEW]}
        yield Finding("texts", not odd, said)

    def _same(self, shown: Any, by_number: dict[int, list[Any]]) -> bool:
        """Whether the rows of a comment show the words that its hash commits to."""
        said = shown["content"]
        known = self.history.get(said["number"], [""])[-1]
        rows = by_number.get(said["number"], [])
        return committed(shown["salt"], said) == known and all(shows(row, said) for row in rows)


CHANGED, OF = "keys_changed", "consultation"


def number_of(ref: str) -> int:
    """The comment that a row is about: row 17.1 is a part of comment 17."""
    return int(ref.partition(".")[0])


def shows(row: Any, said: Any) -> bool:
    """Whether a row shows the words of a comment: all of them or, of a part, some of them."""
    for name in TEXTS:
        pieces = row[name]
        if "." in row["ref"]:
            if not all(isinstance(each, str) and each in said[name] for each in pieces):
                return False
        elif pieces != ([said[name]] if said[name] else []):
            return False
    about = (row["provision"], row["place"], row["comment_type"], row["version"])
    return about == (said["provision"] or "", said["place"], said["comment_type"], said["version"])
