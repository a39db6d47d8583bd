"""Two versions compared: provision by provision, then word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from portal.domain.drafts import ProvisionKind

# Words with their Arabic marks, white space, and single signs; together they are the text.
_TOKEN = re.compile(r"[\w\u064b-\u0652\u0670]+|\s+|[^\w\s]")


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
    return Change(kind, before.eid, after.eid, _words(before), _words(after))


def _words(each: ProvisionText) -> str:
    return "\n".join(part for part in (each.heading, each.text) if part)


def word_changes(before: str, after: str) -> tuple[WordOp, ...]:
    """What to delete from `before` and insert to have `after`, word by word.

    Equal and deleted texts joined are `before`, equal and inserted ones `after`, exactly.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    ops: list[WordOp] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            ops.append(WordOp(Op.EQUAL, "".join(old[a:b])))
            continue
        if b > a:
            ops.append(WordOp(Op.DELETE, "".join(old[a:b])))
        if d > c:
            ops.append(WordOp(Op.INSERT, "".join(new[c:d])))
    return tuple(ops)
