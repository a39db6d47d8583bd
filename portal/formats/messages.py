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
}


def message(error: DomainError) -> str:
    """The sentence for `error`; parameters that are codes are put in words too."""
    params = {
        name: label(value) if isinstance(value, StrEnum) else value
        for name, value in error.params.items()
    }
    words = str(MESSAGES[error.code])
    return words % params if params else words
