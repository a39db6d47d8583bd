"""Two versions compared: provision by provision, then word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from portal.domain.drafts import ProvisionKind
from portal.domain.text import ARABIC_MARKS

# What a text is cut into, coarse to fine; the pieces together are the text. The finest are words
# with their Arabic marks, white space, and single signs.
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCES = re.compile(r"[^.؛،\n]*[.؛،\n]+\s*|[^.؛،\n]+")
_WORDS = re.compile(rf"[\w{ARABIC_MARKS}]+|\s+|[^\w\s]")
# Up to here words are compared at once; above, only within the lines and sentences that differ.
_SHORT = 3_000
# Comparing takes time by the number of pieces, and by how often the same ones stand in both; a
# stretch above these limits counts as changed whole.
_MOST_PIECES = 4_000_000  # of one text times the other
_MOST_MATCHES = 30_000


class ProvisionText(NamedTuple):
    eid: str
    kind: ProvisionKind
    number: str
    heading: str
    text: str


class ChangeKind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """A provision in both versions or in one; `before` and `after` are its words there."""

    kind: ChangeKind
    old_eid: str | None
    new_eid: str | None
    before: str
    after: str


class Op(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class WordOp(NamedTuple):
    op: Op
    text: str


def compare(old: Sequence[ProvisionText], new: Sequence[ProvisionText]) -> tuple[Change, ...]:
    """Every provision of both, matched by id, in the order of the new version.

    A provision that is gone stands where it stood, after the one that came before it.
    """
    earlier = {each.eid: each for each in old}
    later = {each.eid for each in new}
    gone_after: dict[str, list[ProvisionText]] = {}
    anchor = ""
    for each in old:
        if each.eid in later:
            anchor = each.eid
        else:
            gone_after.setdefault(anchor, []).append(each)
    changes = [_gone(each) for each in gone_after.get("", ())]
    for each in new:
        changes.append(_pair(earlier.get(each.eid), each))
        changes.extend(_gone(lost) for lost in gone_after.get(each.eid, ()))
    return tuple(changes)


def _gone(each: ProvisionText) -> Change:
    return Change(ChangeKind.GONE, each.eid, None, _words(each), "")


def _pair(before: ProvisionText | None, after: ProvisionText) -> Change:
    if before is None:
        return Change(ChangeKind.NEW, None, after.eid, "", _words(after))
    same = (before.kind, before.number, before.heading, before.text) == (
        after.kind,
        after.number,
        after.heading,
        after.text,
    )
    kind = ChangeKind.SAME if same else ChangeKind.CHANGED
    if before.heading == after.heading:  # a heading that stayed is no part of what changed
        return Change(kind, before.eid, after.eid, before.text, after.text)
    return Change(kind, before.eid, after.eid, _words(before), _words(after))


def _words(each: ProvisionText) -> str:
    return "\n".join(part for part in (each.heading, each.text) if part)


def word_changes(before: str, after: str) -> tuple[WordOp, ...]:
    """What to delete from `before` and insert to have `after`, word by word.

    Equal and deleted texts joined are `before`, equal and inserted ones `after`, exactly.
    """
    ops: list[WordOp] = []
    for op in _changes(before, after, (_LINES, _SENTENCES, _WORDS)):
        if ops and ops[-1].op is op.op:
            op = WordOp(op.op, ops.pop().text + op.text)
        ops.append(op)
    return tuple(ops)


def _changes(before: str, after: str, levels: Sequence[re.Pattern[str]]) -> Iterator[WordOp]:
    if len(before) + len(after) <= _SHORT:
        levels = levels[-1:]
    old, new = levels[0].findall(before), levels[0].findall(after)
    for equal, a, b in _blocks(old, new):
        if equal:
            yield WordOp(Op.EQUAL, a)
        elif a and b and levels[1:]:
            yield from _changes(a, b, levels[1:])
        else:
            yield from (WordOp(op, text) for op, text in ((Op.DELETE, a), (Op.INSERT, b)) if text)


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Stretches that are equal, and pairs of stretches that differ, in order."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    if start:
        yield True, "".join(old[:start]), ""
    if _too_many(inner_old, inner_new):
        yield False, "".join(inner_old), "".join(inner_new)
    else:
        matcher = SequenceMatcher(str.isspace, inner_old, inner_new, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            yield tag == "equal", "".join(inner_old[a:b]), "".join(inner_new[c:d])
    if end:
        yield True, "".join(old[len(old) - end :]), ""


def _too_many(old: list[str], new: list[str]) -> bool:
    if len(old) * len(new) > _MOST_PIECES:
        return True
    counts = Counter(new)
    return sum(counts[piece] for piece in old if not piece.isspace()) > _MOST_MATCHES


def _common(old: list[str], new: list[str]) -> int:
    """How many pieces at the start are the same."""
    for at, (before, after) in enumerate(zip(old, new, strict=False)):
        if before != after:
            return at
    return min(len(old), len(new))
