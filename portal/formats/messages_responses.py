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
    "covered_by_unknown": _l("The newest version has no such provision. Choose it from the list."),
    "comment_changed": _l(
        "Comment %(number)s was changed by its author after it was answered. Read its new text."
    ),
    "comment_changed_since": _l(
        "Comment %(number)s was changed by its author while you wrote. Its new text is below: read"
        " it, then save again."
    ),
    "selection_unknown": _l("There is no such theme or group here."),
    "refs_many": _l("Name at most %(maximum)s references at once."),
    "working_elsewhere": _l(
        "You have this response open in another window, and wrote there too. Go on in one of them;"
        " this window keeps its text in the browser alone."
    ),
    "working_long": _l("This is too long to be kept."),
    "no_response_chosen": _l("Choose at least one response."),
    "many_chosen": _l("Choose at most %(maximum)s responses at once."),
    "not_ready": _l("It is not ready for review now."),
    "cited_already": _l("This response cites the change already."),
    "not_cited": _l("This response does not cite the change any more."),
    "no_own_reason": _l("The change has no reason of your own any more."),
    "no_such_response": _l("There is no response “%(number)s” here."),
    "placeholder_left": _l("Write something in the place of %(name)s."),
}
