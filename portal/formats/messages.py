"""The words for every error of the domain: code -> sentence, in the reader's language.

They lie on this floor because pages, the command line, mail and exports all speak them.
"""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.domain.errors import DomainError
from portal.formats.labels import label

MESSAGES: dict[str, LazyString] = {
    "not_found": _l("There is nothing at this address."),
    "not_allowed": _l("Your roles do not allow this here."),
    "wrong_phase": _l("This cannot be done now: the consultation is “%(phase)s”."),
    "phase_refuses": _l("This cannot be done now: the consultation is “%(phase)s”."),
    "period_backwards": _l("The closing time must come after the opening time."),
    "period_short": _l("The period is shorter than %(minimum)s days. An approver must record why."),
    "extension_late": _l("The deadline has passed; it can no longer be extended."),
    "extension_not_later": _l("The new deadline must be later than the present one."),
    "reason_missing": _l("Write the reason."),
    "bidi_characters": _l(
        "The text holds a hidden character that changes the direction of writing (%(character)s)."
        " Delete it and send again."
    ),
    "control_characters": _l(
        "The text holds a hidden control character (%(character)s). Delete it and send again."
    ),
    "not_text": _l(
        "This file is not text in UTF-8 or Windows-1256. Save it as UTF-8 and try again."
    ),
    "password_short": _l("A password needs at least %(minimum)s characters."),
    "password_long": _l("A password may have at most %(maximum)s characters."),
    "password_guessable": _l("This password is easy to guess. Choose a longer, less usual one."),
    "nobody_by_that_address": _l("No active member of staff has the address %(email)s."),
    "no_such_consultation": _l("There is no consultation named %(slug)s."),
    "no_such_edition": _l("There is no such edition of the response matrix."),
    "corrigendum_reason": _l("Say why this edition corrects the one before."),
    "unanswered": _l("it has no response."),
    "not_approved": _l("its response is not approved."),
    "own_response": _l("Nobody approves a response that they wrote or changed last."),
    "change_not_there": _l("the change cited at %(eid)s is not in the published versions."),
    "change_unexplained": _l("it changed, and no response and no reason of your own explains it."),
    "change_missing": _l("An accepted comment needs the place where the text changed."),
    "change_needless": _l("A place of change goes only with an accepted comment."),
    "covered_by_missing": _l("Name the provision that already covers it."),
    "until_missing": _l("Say until when, or to what, it is deferred."),
    "body_missing": _l("Name the body it is referred to."),
    "duplicate_of_missing": _l("Name the comment that it repeats."),
    "duplicate_of_itself": _l("Comment %(number)s cannot repeat itself."),
    "duplicate_circle": _l("These comments are marked as repeating one another in a circle."),
    "duplicate_unanswered": _l("The comment that it repeats has no response of its own."),
    "noted_but_proposes": _l("Comment %(number)s proposes wording, so it cannot merely be noted."),
    "text_not_gone": _l("The text that comment %(number)s is about is still in the draft."),
    "author_withdrew": _l(
        "Comment %(number)s was withdrawn by its author; the decision must say so."
    ),
    "not_withdrawn": _l("Comment %(number)s was not withdrawn by its author."),
    "reason_long": _l("The reason may have at most %(maximum)s characters."),
}


def message(error: DomainError) -> str:
    """The sentence for `error`; parameters that are codes are put in words too."""
    params = {
        name: label(value) if isinstance(value, StrEnum) else value
        for name, value in error.params.items()
    }
    words = str(MESSAGES[error.code])
    return words % params if params else words
