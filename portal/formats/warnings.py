"""The warnings of the readers of drafts and reports, in words: code -> sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class Warned(Protocol):
    """A warning of the domain: a code and what fills its sentence."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, object]: ...
    @property
    def message(self) -> str: ...


WORDS: dict[str, LazyString] = {
    "number_gap": _l("The numbering jumps from %(before)s to %(found)s: %(expected)s is missing."),
    "number_repeat": _l("The number %(found)s is used twice."),
    "number_back": _l("The number %(found)s comes after %(before)s."),
    "number_start": _l("The numbering starts at %(found)s: %(expected)s is missing."),
    "number_unread": _l(
        "This line looks like a heading, but its number was not understood: %(found)s"
    ),
    "no_article": _l("No article was recognised in this text."),
    "hidden_characters": _l(
        "Characters that nobody sees can make this line read as another: %(found)s"
    ),
    "hidden_marks": _l("The text holds marks that nobody sees: %(found)s"),
    "hidden_words": _l("These words are hidden in the file and are shown here: %(found)s"),
    "contents_left_out": _l("A table of contents was left out (lines: %(count)s)."),
    "pictures_left_out": _l(
        "Pictures were left out: %(count)s. Add them as an annex where they matter."
    ),
    "embedded_left_out": _l("Documents embedded in the file were left out: %(count)s."),
    "running_lines_left_out": _l(
        "Heads, feet and page numbers were left out: %(count)s lines, such as %(found)s"
    ),
    "pdf_page_without_text": _l("Page %(page)s holds no text: look whether something is missing."),
    "pdf_lam_alef": _l("Page %(page)s: لا and ال look swapped here: %(found)s"),
    "pdf_brackets": _l("Page %(page)s: brackets look turned round here: %(found)s"),
    "pdf_brackets_turned": _l(
        "Most brackets stand in the file the wrong way round; all were turned: %(count)s lines, "
        "such as %(found)s"
    ),
    "pdf_digits": _l("Page %(page)s: the digits look reversed here: %(found)s"),
    "pdf_backwards": _l("Page %(page)s: these words look written backwards: %(found)s"),
    "pdf_parted": _l("Page %(page)s: a letter looks parted from its word: %(found)s"),
    "pdf_unreadable": _l("Page %(page)s: the file does not say which letters these are: %(found)s"),
    "pdf_forms": _l("Page %(page)s: forms of letters were taken as the letters: %(found)s"),
    "pdf_more_faults": _l(
        "There are more faults of this kind from page %(page)s on; they are not listed."
    ),
    "activity_missing": _l(
        "Time frames: activity %(missing)s is missing before activity %(number)s."
    ),
    "attendance_does_not_add_up": _l(
        "Attendance is %(total)s, but %(women)s women and %(men)s men make %(sum)s."
    ),
    "attendance_missing": _l("The report does not say how many attended."),
    "attendance_total_missing": _l("The attendance has no total."),
    "axis_empty": _l(
        "Document %(document)s: axis %(number)s has no recommendation and no indicator."
    ),
    "axis_missing": _l(
        "Document %(document)s: axis %(missing)s is missing before axis %(number)s."
    ),
    "axis_not_found": _l(
        "The text names axis %(number)s, which document %(document)s does not have."
    ),
    "axis_out_of_order": _l(
        "Document %(document)s: axis %(number)s stands after axis %(previous)s."
    ),
    "axis_repeated": _l("Document %(document)s: axis %(number)s stands there more than once."),
    "bookmark_in_text": _l("A word processor's mark was left in the text: %(mark)s"),
    "bullet_number_unexpected": _l(
        "The bullet is numbered %(number)s where %(expected)s was expected."
    ),
    "bullet_repeated": _l("The same words already stand on line %(first)s."),
    "bullets_without_document": _l("Bullets stand under no document."),
    "date_missing": _l("The report gives no date."),
    "date_not_understood": _l("The date was not understood: %(text)s"),
    "document_count_differs": _l("The report announces %(stated)s documents and lists %(found)s."),
    "document_missing": _l("Document %(missing)s is missing before document %(number)s."),
    "document_not_listed": _l("Document %(number)s is not in the report's list of documents."),
    "document_out_of_order": _l("Document %(number)s stands after document %(previous)s."),
    "document_repeated": _l("Document %(number)s stands there more than once; taken as one."),
    "document_without_recommendations": _l(
        "Document %(number)s is named, but nothing stands under it."
    ),
    "empty_bullet": _l("A bullet without text was left out."),
    "governorate_repeated": _l("The governorate stands there more than once: %(name)s"),
    "governorate_unknown": _l("Not a governorate of the Kingdom: %(name)s"),
    "governorates_missing": _l("The report names no governorate."),
    "lines_joined": _l("%(count)s lines without a bullet were joined to the bullet above them."),
    "link_in_text": _l("The text holds a link: %(link)s"),
    "opening_left_out": _l("%(count)s bullets before the recommendations were left out."),
    "people_left_out": _l("%(count)s people named in the report were left out."),
    "place_missing": _l("The report gives no place."),
    "quote_not_closed": _l("A quotation mark is opened and not closed."),
    "text_left_out": _l("%(count)s lines that are no bullet were left out."),
    "time_frames_left_out": _l("%(count)s time frames of activities were left out."),
    "time_implausible": _l("The time looks wrong: %(time)s"),
    "time_order": _l("The end stands before the beginning: %(time)s"),
    "title_differs": _l("Document %(number)s has another title in the report's list: %(listed)s"),
    "weekday_differs": _l("The report says %(written)s, but %(date)s was %(actual)s."),
}


def warning_words(warning: Warned) -> str:
    """The sentence of a warning in the reader's language."""
    words = str(WORDS[warning.code])
    return words % dict(warning.params) if warning.params else words
