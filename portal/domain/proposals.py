"""Proposed wording as marked changes of the words that it is to replace."""

from __future__ import annotations

from portal.domain.draft_comparison import Op, WordOp, word_changes
from portal.domain.visibility import Piece

# Of a proposal that keeps less of a provision than this, marks would only hide what it says: it
# is a sentence of its own and not the provision as it should read.
_LEAST_KEPT = 1 / 3


def marked_changes(
    quoted: tuple[Piece, ...], proposed: tuple[Piece, ...], original: str = ""
) -> tuple[WordOp, ...]:
    """What is deleted and inserted; nothing where there is nothing to compare.

    `quoted` are the words to be replaced, `original` the whole provision where none are quoted.
    Where anything is masked nothing is compared: what stayed would tell what is covered.
    """
    old, new = _plain(quoted), _plain(proposed)
    if not new or old is None:
        return ()
    if old:
        return word_changes(old, new)
    return changed_whole(original, new)


def changed_whole(original: str, proposed: str) -> tuple[WordOp, ...]:
    """A provision as it should read; nothing where the proposal is no form of it."""
    if not original or not proposed:
        return ()
    ops = word_changes(original, proposed)
    kept = sum(len(op.text) for op in ops if op.op is Op.EQUAL)
    return ops if kept >= _LEAST_KEPT * min(len(proposed), len(original)) else ()


def _plain(pieces: tuple[Piece, ...]) -> str | None:
    """The words; None where a part of them is masked."""
    words = [piece for piece in pieces if isinstance(piece, str)]
    return "".join(words) if len(words) == len(pieces) else None
