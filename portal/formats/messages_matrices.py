"""The words for errors of publishing the matrix and of what authors say of it, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_MATRICES: dict[str, LazyString] = {
    "publication_under_way": _l(
        "A publication of this matrix is under way already. Wait until it is finished."
    ),
    "edition_meanwhile": _l(
        "Edition %(number)s was published after you opened this form. Look at it before you"
        " publish another."
    ),
    "publication_taken_over": _l("Another worker carries this publication on."),
    "interim_after_final": _l("A final edition is published: an interim one cannot follow it."),
    "interim_nothing_answered": _l(
        "No comment has an approved answer yet: an interim edition would answer nothing."
    ),
    "edition_disturbed": _l(
        "Something changed while the rows were being frozen. Look at the check, and publish again."
    ),
    "edition_given_up": _l(
        "The publication was broken off or disturbed again and again, and is given up. Publish it"
        " again when nobody is changing answers or deciding on comments."
    ),
    "edition_incomplete": _l(
        "Things came to be missing after the publication was asked for: %(count)s. See the check."
    ),
    "file_being_made": _l("This file is being made. Come back in a minute or two."),
    "database_not_empty": _l("A scratch database is filled only where there is nothing yet."),
    "satisfaction_missing": _l("Choose whether the answer satisfies you."),
    "satisfaction_twice": _l("You said already what you think of this answer; it is said once."),
    "satisfaction_unanswered": _l("There is no final answer to this comment yet."),
    "sentence_looked_at": _l("A colleague has looked at this sentence already."),
}
