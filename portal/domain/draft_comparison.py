"""Two versions compared: provision by provision, then word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from portal.domain.drafts import Relation
from portal.domain.provision_matching import Match, match
from portal.domain.provision_trees import ProvisionText
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


@dataclass(frozen=True, slots=True)
class Change:
    """A provision in both versions or in one; `before` and `after` are its words there.

    A heading that stayed is no part of them. A provision that was split has a change for each
    part, with the stretch of its words that became that part as `before`; one that was merged for
    each of its sources, with the stretch that came from there as `after`. So every word of both
    versions is in one change, and no more.
    """

    relation: Relation
    old: ProvisionText | None
    new: ProvisionText | None
    before: str
    after: str
    doubtful: bool = False

    @property
    def old_eid(self) -> str:
        return self.old.eid if self.old else ""

    @property
    def new_eid(self) -> str:
        return self.new.eid if self.new else ""


class Op(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class WordOp(NamedTuple):
    op: Op
    text: str


def compare(
    old: Sequence[ProvisionText],
    new: Sequence[ProvisionText],
    matches: Iterable[Match] | None = None,
) -> tuple[Change, ...]:
    """Every provision of both by its matches (found here where none are given), in the new order.

    A provision that is gone stands where it stood, after the one that came before it.
    """
    matches = match(old, new) if matches is None else tuple(matches)
    olds, news = ({each.eid: each for each in one} for one in (old, new))
    by_old = _grouped(matches, [each.eid for each in new], of_old=True)
    by_new = _grouped(matches, [each.eid for each in old], of_old=False)
    pieces = _pieces(olds, news, by_old, by_new)
    gone_after = _gone_after(old, by_old)
    changes = [_gone(each) for each in gone_after.get("", ())]
    for each in new:
        for found in by_new[each.eid]:
            changes.append(_told(found, olds.get(found.old_eid), each, pieces))
        changes.extend(_gone(lost) for lost in gone_after.get(each.eid, ()))
    return tuple(changes)


def _grouped(
    matches: Iterable[Match], others: list[str], *, of_old: bool
) -> dict[str, list[Match]]:
    """The matches of each old provision (or of each new one), in the order of the others."""
    places = {eid: at for at, eid in enumerate(others)}
    found: dict[str, list[Match]] = {}
    for each in sorted(
        matches, key=lambda m: places.get(m.new_eid if of_old else m.old_eid, len(places))
    ):
        found.setdefault(each.old_eid if of_old else each.new_eid, []).append(each)
    return found


def _gone_after(
    old: Sequence[ProvisionText], by_old: dict[str, list[Match]]
) -> dict[str, list[ProvisionText]]:
    """What is gone, by the new provision that it stands after; "" before all others."""
    found: dict[str, list[ProvisionText]] = {}
    anchor = ""
    for each in old:
        there = [one for one in by_old[each.eid] if one.new_eid]
        if not there:
            found.setdefault(anchor, []).append(each)
        elif there[-1].relation not in (Relation.MOVED, Relation.MERGED):
            anchor = there[-1].new_eid
    return found


def _gone(each: ProvisionText) -> Change:
    return Change(Relation.GONE, each, None, own_words(each), "")


def _told(
    found: Match,
    before: ProvisionText | None,
    after: ProvisionText,
    pieces: dict[tuple[str, str], tuple[str, str]],
) -> Change:
    if before is None:
        return Change(Relation.NEW, None, after, "", own_words(after))
    words = pieces.get((found.old_eid, found.new_eid))
    if words is None and before.heading == after.heading:
        words = before.text, after.text
    elif words is None:
        words = own_words(before), own_words(after)
    return Change(found.relation, before, after, *words, found.doubtful)


def own_words(each: ProvisionText) -> str:
    """The heading and the text of a provision."""
    return "\n".join(part for part in (each.heading, each.text) if part)


def _pieces(
    olds: dict[str, ProvisionText],
    news: dict[str, ProvisionText],
    by_old: dict[str, list[Match]],
    by_new: dict[str, list[Match]],
) -> dict[tuple[str, str], tuple[str, str]]:
    """By pair: the words before and after, where one of the two is in several pairs."""
    before: dict[tuple[str, str], str] = {}
    after: dict[tuple[str, str], str] = {}
    for eid, found in by_old.items():
        if eid and len(found) > 1:
            parts = [own_words(news[each.new_eid]) for each in found]
            cut = stretches(own_words(olds[eid]), parts)
            before.update({(eid, m.new_eid): part for m, part in zip(found, cut, strict=True)})
    for eid, found in by_new.items():
        if eid and len(found) > 1:
            parts = [own_words(olds[each.old_eid]) for each in found]
            cut = stretches(own_words(news[eid]), parts)
            after.update({(m.old_eid, eid): part for m, part in zip(found, cut, strict=True)})
    return {
        (one, other): (
            before.get((one, other), own_words(olds[one])),
            after.get((one, other), own_words(news[other])),
        )
        for one, other in {**before, **after}
    }


def stretches(whole: str, parts: Sequence[str]) -> list[str]:
    """`whole` cut into the stretches that became each of `parts`; joined they are `whole`."""
    ends = list(accumulate(len(part) + 1 for part in parts))
    cuts: list[int] = []
    at = there = 0
    for op in word_changes(whole, "\n".join(parts)):
        before, reached = there, there + len(op.text) * (op.op is not Op.DELETE)
        while len(cuts) < len(parts) - 1 and reached >= ends[len(cuts)] - 1:
            inside = ends[len(cuts)] - 1 - before
            cuts.append(at + inside if op.op is Op.EQUAL else at)
        there = reached
        at += len(op.text) * (op.op is not Op.INSERT)
    cuts += [len(whole)] * (len(parts) - 1 - len(cuts))
    cuts = [_past_space(whole, cut) for cut in cuts]
    return [whole[a:b] for a, b in pairwise((0, *cuts, len(whole)))]


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


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
