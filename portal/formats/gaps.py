"""What is missing in a matrix, each gap as a sentence that says which row or provision."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.domain.matrices import Gap
from portal.formats.citations import cite
from portal.formats.messages import message

KINDS = {
    "unanswered": _l("Without a response"),
    "not_approved": _l("Not approved"),
    "own_response": _l("Approved by its writer"),
    "reason_missing": _l("Without a reason"),
    "reason_long": _l("Reason too long"),
    "change_missing": _l("Accepted, no change cited"),
    "change_needless": _l("Change cited without need"),
    "change_not_there": _l("Cited place not changed"),
    "change_undone": _l("Cited change undone later"),
    "change_unexplained": _l("Change unexplained"),
    "covered_by_missing": _l("Covering provision missing"),
    "covered_by_unknown": _l("Covering provision not in the text"),
    "placeholder_left": _l("Reason with a gap left in it"),
    "comment_changed": _l("Comment changed after its answer"),
    "until_missing": _l("Deferred until when missing"),
    "body_missing": _l("Body referred to missing"),
    "duplicate_of_missing": _l("Repeated comment missing"),
    "duplicate_of_itself": _l("Duplicate of itself"),
    "duplicate_unanswered": _l("Duplicate of an unanswered comment"),
    "duplicate_circle": _l("Circle of duplicates"),
    "noted_but_proposes": _l("Noted, but proposes a wording"),
    "text_not_gone": _l("The text is not gone"),
    "author_withdrew": _l("Withdrawn by its author"),
    "not_withdrawn": _l("Not withdrawn by its author"),
}


def kind_words(code: str) -> str:
    """A kind of gap in two or three words."""
    return str(KINDS.get(code, _l("Something else")))


def gap_words(gap: Gap) -> str:
    """`Comment 17: write the reason.` or `Article 4(a): …`."""
    if gap.ref is not None:
        return _("Comment %(number)s: %(what)s", number=str(gap.ref), what=message(gap.error))
    return _(
        "%(place)s: %(what)s",
        place=cite(gap.place.eid if gap.place else ""),
        what=message(gap.error),
    )
