"""Pieces of a comment as plain text, the masks in words: `[حُجب: بيانات شخصية]`."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.domain.comments import Publication
from portal.domain.visibility import Mask, Piece
from portal.formats.citations import cite
from portal.formats.dates import language
from portal.formats.labels import label


def mask_words(mask: Mask) -> str:
    """What stands in the place of masked words."""
    comma = "، " if language() == "ar" else ", "
    grounds = comma.join(str(label(ground)).lower() for ground in mask.grounds)
    return _("[masked: %(ground)s]", ground=grounds)


def plain(pieces: tuple[Piece, ...]) -> str:
    """The pieces as one text, in the language words are being put in."""
    return "".join(mask_words(each) if isinstance(each, Mask) else each for each in pieces)


def unseen_words(publication: Publication) -> str:
    """What stands in a file for words that may be read at the desk alone."""
    return _("[not in this file: %(status)s; read it at the desk]", status=label(publication))


def edited_remark(number: int) -> str:
    """What the drafter reads on an answer to words that their author changed; kept in Arabic."""
    with force_locale("ar"):
        return _(
            "The author of comment %(number)s changed it after this was written.", number=number
        )


def split_remark(number: int) -> str:
    """The same on an answer to a comment that was split; kept in Arabic."""
    with force_locale("ar"):
        return _("Comment %(number)s was split into parts after this was written.", number=number)


def joined_remark(number: int) -> str:
    """The same on an answer to parts that were joined; kept in Arabic."""
    with force_locale("ar"):
        return _(
            "The parts of comment %(number)s were joined after this was written.", number=number
        )


def withdrawn_remark(number: int) -> str:
    """What the drafter reads on an answer to a comment that its author took back; in Arabic."""
    with force_locale("ar"):
        return _(
            "The author of comment %(number)s withdrew it after this was written.", number=number
        )


def undone_remark(eid: str) -> str:
    """What the drafter reads on an answer whose change a later version undid; kept in Arabic."""
    with force_locale("ar"):
        return _(
            "A version published since put back or took out the words cited at %(place)s.",
            place=cite(eid),
        )
