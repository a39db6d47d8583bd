"""The columns of the matrix in words, and what is kept of a row for pages (files: `row_words`).

A frozen row (`MatrixRow.cells`) is made by `domain.matrices` codes: codes stay codes, texts are
lists of pieces (`"words"` or `{"mask": ground}`, with `also` the grounds of masks that overlap),
two-language texts `{"ar", "en"}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.domain.bilingual import Bilingual
from portal.domain.comments import CommentType, Publication
from portal.domain.grounds import Ground
from portal.domain.responses import Disposition
from portal.domain.submissions import Channel, SenderClass
from portal.domain.visibility import Mask, Piece
from portal.formats.citations import cite
from portal.formats.dates import language
from portal.formats.labels import label

TITLES = {
    "ref": _l("Reference"),
    "document": _l("Document"),
    "version": _l("Version"),
    "provision": _l("Article or paragraph"),
    "quoted_text": _l("Original text"),
    "comment_type": _l("Type of comment"),
    "comment": _l("Comment"),
    "proposed_text": _l("Proposed text"),
    "grounds": _l("Proposer's grounds"),
    "submitter": _l("Submitted by"),
    "submitter_class": _l("Class of submitter"),
    "on_behalf_of": _l("On behalf of"),
    "channel": _l("Channel"),
    "received": _l("Received on"),
    "publication": _l("Publication status"),
    "files": _l("Files sent with it"),
    "group": _l("Group"),
    "disposition": _l("Disposition"),
    "response": _l("Response"),
    "place_of_change": _l("Place of change"),
    "text_before": _l("Text before"),
    "text_after": _l("Text after"),
    "responsible_body": _l("Body concerned"),
    "committee_opinion": _l("Expert committee's opinion"),
    "decided": _l("Decided on"),
    "hash": _l("Fingerprint"),
}
CODES = {
    "comment_type": CommentType,
    "submitter_class": SenderClass,
    "channel": Channel,
    "publication": Publication,
    "disposition": Disposition,
}


def pieces(kept: list[Any]) -> tuple[Piece, ...]:
    """A kept text as pieces again."""
    return tuple(
        Mask(Ground(each["mask"]), tuple(Ground(more) for more in each.get("also", ())))
        if isinstance(each, dict)
        else each
        for each in kept
    )


def kept(found: tuple[Piece, ...]) -> list[Any]:
    """Pieces as they are kept in a frozen row."""
    return [_kept_mask(each) if isinstance(each, Mask) else each for each in found]


def _kept_mask(mask: Mask) -> dict[str, Any]:
    also = [ground.value for ground in mask.also]
    return {"mask": mask.ground.value, **({"also": also} if also else {})}


def files_words(counts: Mapping[str, Any] | None) -> str:
    """How many files were sent with a comment and what became of them (`count_files`), in words."""
    counts = counts or {}
    said = []
    if shown := counts.get("shown", 0):
        said.append(ngettext("%(num)s file shown", "%(num)s files shown", shown))
    for ground, number in counts.get("withheld", {}).items():
        words = ngettext("%(num)s file withheld", "%(num)s files withheld", number)
        said.append(f"{words} ({label(Ground(ground))})")
    if others := counts.get("not_shown", 0):
        said.append(ngettext("%(num)s file not shown", "%(num)s files not shown", others))
    return ("، " if language() == "ar" else ", ").join(said)


def bilingual(value: dict[str, str] | None) -> str:
    """A two-language text in the present language; nothing for none."""
    return Bilingual(value["ar"], value["en"]).pick(language()) if value else ""


def place(cells: dict[str, Any]) -> str:
    """What the comment is about: a provision, a place in the source's words, or the whole."""
    if cells["provision"]:
        return cite(cells["provision"])
    if cells["place"]:
        return str(cells["place"])
    return _("The whole document") if cells["document"] else _("The whole consultation")


def places_of_change(cells: dict[str, Any]) -> list[str]:
    """Each cited change: `Article 4(a), version 2`."""
    return [
        _("%(place)s, version %(version)s", place=cite(each["eid"]), version=each["version"])
        for each in cells["place_of_change"]
    ]
