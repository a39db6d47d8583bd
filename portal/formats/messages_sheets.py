"""The words for errors of spreadsheets that are taken in: code -> sentence, translated.

Codes that begin with `cell_` are about one cell, whose name goes before (`fault_words`).
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_SHEETS: dict[str, LazyString] = {
    "sheet_not_xlsx": _l("This is no spreadsheet in the format XLSX. Save it as XLSX and send it."),
    "sheet_old_excel": _l(
        "This is protected by a password, or in the old format XLS. Save it without a password as"
        " XLSX and send it."
    ),
    "sheet_missing": _l("Choose the file."),
    "sheet_macros": _l(
        "The file holds macros, which are programs, and is not opened. Save it as XLSX without"
        " macros."
    ),
    "sheet_out_of_time": _l(
        "The consultation has gone on to another phase: nothing more of this file is written."
    ),
    "sheet_broken_off": _l(
        "Something went wrong. Rows that are written stay, the others are not written; send the"
        " file again, or tell the operator."
    ),
    "sheet_foreign": _l(
        "This file was not given out here to be answered, or its hidden sheet is gone. Take a new"
        " one from this page and fill that in."
    ),
    "sheet_of_other": _l("This file belongs to another consultation: “%(slug)s”."),
    "sheet_of_other_edition": _l(
        "An edition of the matrix was published since this file was given out. Take a new file and"
        " fill that in."
    ),
    "sheet_renamed": _l("The sheet “%(name)s” is not in the file any more. Give it its name back."),
    "sheet_heading_unknown": _l(
        "%(cell)s: the heading “%(value)s” is not one of those that were given out. Put it back as"
        " it was."
    ),
    "sheet_heading_twice": _l("%(cell)s: the heading “%(value)s” stands there twice."),
    "sheet_heading_missing": _l("The column “%(column)s” is not in the file any more."),
    "sheet_rows_many": _l("The file has more than %(maximum)s rows. Send it in several files."),
    "sheet_not_waiting": _l("This import does not wait to be confirmed any more."),
    "sheet_stands_changed": _l(
        "Something changed since you looked at this preview. Look again; nothing was written."
    ),
    "changed_since_given_out": _l(
        "the comment or its answer changed since the file was given out; what stands now stays."
    ),
    "sheet_row_changed": _l("The comment or its answer changed after the import was confirmed."),
    "answered_together": _l(
        "One response answers %(refs)s together. Say the same of all of them in the file, or change"
        " the response at the desk."
    ),
    "iso_headings_missing": _l(
        "No table with the columns of the ISO template was found: clause, comments, proposed"
        " change."
    ),
    "comment_taken_in_already": _l("It was taken in before, as comment %(number)s."),
    "day_wrong": _l("Write a day that is not to come, as in 2026-11-25."),
    "cell_merged": _l("merged with other cells. Undo the merging and fill each cell in."),
    "cell_formula": _l("a formula. Write the words or the number themselves."),
    "cell_ref_missing": _l("the reference is missing."),
    "cell_ref_unknown": _l("there is no comment “%(value)s” in this consultation."),
    "cell_ref_split": _l("comment %(value)s was split meanwhile: its rows are %(parts)s."),
    "cell_ref_twice": _l("comment %(value)s stands in row %(row)s too. Leave one of them."),
    "cell_disposition": _l("“%(value)s” is not one of the decisions; choose one from the list."),
    "cell_disposition_missing": _l("something is written beside it, but no decision is chosen."),
    "cell_place": _l("“%(value)s” is not one of the places of change; choose from the list."),
    "cell_covering": _l(
        "“%(value)s” is no provision of the newest version; write it as the draft names it."
    ),
    "cell_comment_missing": _l("neither a comment nor a proposed change is written."),
    "cell_type": _l("“%(value)s” is not a type of comment; write ge, te or ed."),
}
