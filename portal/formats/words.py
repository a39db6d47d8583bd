"""Pieces of a comment as plain text, the masks in words: `[حُجب: بيانات شخصية]`."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.domain.visibility import Mask, Piece
from portal.formats.labels import label


def mask_words(mask: Mask) -> str:
    """What stands in the place of masked words."""
    return _("[masked: %(ground)s]", ground=str(label(mask.ground)).lower())


def plain(pieces: tuple[Piece, ...]) -> str:
    """The pieces as one text, in the language words are being put in."""
    return "".join(mask_words(each) if isinstance(each, Mask) else each for each in pieces)
