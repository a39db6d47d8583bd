"""The words for errors of studying comments: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_STUDY: dict[str, LazyString] = {
    "chosen_many": _l(
        "More than %(maximum)s are chosen. Answer a group by itself, or put them under a theme and"
        " answer the theme."
    ),
    "one_part": _l("Mark the words of two parts at least: one part is the whole comment."),
    "many_parts": _l("A comment has %(maximum)s parts at most."),
    "part_empty": _l("Part %(number)s has no words."),
    "part_outside": _l("The words of part %(number)s do not stand in the comment."),
    "part_words_missing": _l("“%(words)s” does not stand in the comment in these letters."),
    "split_already": _l("Comment %(number)s is split into parts already. Look at it again."),
    "not_split": _l("Comment %(number)s is whole already. Look at it again."),
    "parts_answered_apart": _l(
        "The parts have different responses (%(responses)s). Say which of them answers the whole."
    ),
    "theme_missing": _l("Choose the theme."),
    "theme_unnamed": _l("Give the theme a name in Arabic."),
    "theme_twice": _l("There is a theme “%(name)s” already."),
    "themes_many": _l("There are %(maximum)s themes already; give one up first."),
    "assignee_missing": _l("Say who is to study it: a person, a unit or a public body."),
    "assignee_several": _l("Choose one: a person, a unit or a public body."),
    "no_such_person": _l("This person does not study comments for this public body."),
    "due_not_a_day": _l("Write the day as year-month-day, such as 2026-12-31."),
    "due_in_the_past": _l("The day by which it is due has passed already."),
    "note_empty": _l("Write the note."),
}
