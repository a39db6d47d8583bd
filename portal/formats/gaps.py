"""What is missing in a matrix, each gap as a sentence that says which row or provision."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.domain.matrices import Gap
from portal.formats.citations import cite
from portal.formats.messages import message


def gap_words(gap: Gap) -> str:
    """`Comment 17: write the reason.` or `Article 4(a): …`."""
    if gap.ref is not None:
        return _("Comment %(number)s: %(what)s", number=str(gap.ref), what=message(gap.error))
    return _(
        "%(place)s: %(what)s",
        place=cite(gap.place.eid if gap.place else ""),
        what=message(gap.error),
    )
