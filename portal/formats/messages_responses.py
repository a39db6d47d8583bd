"""The words for errors of answering, from writing to approval: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_RESPONSES: dict[str, LazyString] = {
    "template_title_missing": _l("Give the template a name."),
    "template_empty": _l("Write the reasons in Arabic, or in English, or in both."),
    "template_taken": _l("Your body keeps a template named “%(title)s” already."),
    "template_changed_meanwhile": _l(
        "A colleague changed or deleted this template meanwhile. Open it again and look."
    ),
    "placeholder_unknown": _l("%(name)s is not one of the placeholders."),
    "change_undone": _l(
        "a later version put back or took out the words that are cited at %(place)s."
    ),
    "placeholder_left": _l("Write something in the place of %(name)s."),
}
