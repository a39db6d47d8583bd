"""The words for errors about files sent with comments: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_ATTACHMENTS: dict[str, LazyString] = {
    "attachment_empty": _l("The file is empty."),
    "attachment_large": _l("A file may have at most %(maximum)s MB."),
    "attachments_many": _l("A submission may have at most %(maximum)s files."),
    "attachments_too_large": _l(
        "The files together are too large to be taken at once: a file may have at most"
        " %(maximum)s MB. Go back, and choose fewer or smaller ones."
    ),
    "attachments_busy": _l("Many files are being looked at just now. Send it again in a minute."),
    "attachments_full": _l("No further file can be kept just now. Your words can be sent."),
    "attachment_gone": _l(
        "A file is no longer kept, because its comment was not sent within a day or was sent"
        " already. Choose it again."
    ),
    "attachment_kind": _l(
        "This kind of file is not taken. PDF, Word (DOCX), ODT and images (JPEG, PNG, WebP) are."
    ),
    "attachment_kind_known": _l(
        "This is a file of the kind %(found)s, which is not taken. PDF, Word (DOCX), ODT and"
        " images (JPEG, PNG, WebP) are."
    ),
    "attachment_mislabelled": _l(
        "The name ends in %(named)s, but the content is another kind: %(found)s. Give it its"
        " right ending."
    ),
    "attachment_old_office": _l(
        "This is a file of an old Office program. Save it as DOCX or PDF and send that."
    ),
    "attachment_macros": _l("The file holds macros. Save it without them, or as PDF."),
    "attachment_remote": _l(
        "The document fetches its template from another computer. Save it as PDF and send that."
    ),
    "attachment_encrypted": _l(
        "The file is protected, so nobody can look whether it is harmless. Save it without"
        " protection."
    ),
    "attachment_active": _l(
        "The PDF holds a script, other files, or something that it opens by itself. Print it into"
        " a new PDF and send that."
    ),
    "attachment_unreadable": _l("The file is damaged and cannot be opened."),
    "image_large": _l("The image has more than %(maximum)s million points. Make it smaller."),
    "image_moves": _l("The image moves. Only still images are taken."),
    "image_unreadable": _l("The image is damaged and cannot be opened."),
    "attachment_unclean": _l(
        "This file is being looked at by a virus scanner. It can be had when it is known to be"
        " clean, usually in a few minutes."
    ),
    "attachment_infected": _l(
        "A virus scanner found something in this file, so it is given to nobody."
    ),
    "attachment_lost": _l("This file cannot be read just now."),
    "file_not_of_comment": _l("A file is not of this comment. Look at it again."),
    "file_infected": _l("A file in which a virus scanner found something is not shown."),
    "file_taken_back": _l("The author took a file back: it is not shown."),
}
