"""The words for errors of drafts, of their files and structure: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_DRAFTS: dict[str, LazyString] = {
    "not_text": _l(
        "This file is not text in UTF-8 or Windows-1256. Save it as UTF-8 and try again."
    ),
    "mixed_encodings": _l(
        "Line %(line)s is written in another encoding than the rest, or is damaged. Save the "
        "file as UTF-8 and try again."
    ),
    "hidden_in_text": _l(
        "%(place)s holds characters that nobody sees and that can make it read as another "
        "text: %(characters)s. Remove them, then publish."
    ),
    "draft_file_empty": _l("The file is empty (0 bytes). Choose it again."),
    "file_too_large": _l(
        "The file is larger than %(maximum)s MB. Make its pictures smaller or split it."
    ),
    "file_mislabelled": _l(
        "The file is called %(named)s, but what it holds is: %(found)s. Give it its right "
        "name, or save it anew."
    ),
    "file_of_no_use": _l(
        "This is a %(found)s file; no draft can be read from it. Choose a DOCX, PDF, HTML, "
        "Markdown, text or Akoma Ntoso file."
    ),
    "file_encrypted": _l(
        "The file is protected by a password. Remove the password and choose it again."
    ),
    "file_old_word": _l(
        "This is a file of Word 97-2003 (.doc). Open it in Word, save it as .docx, and choose that."
    ),
    "file_old_office": _l(
        "This is a file of an old Office program; no draft can be read from it. Save it as .docx."
    ),
    "file_odt": _l(
        "This is an OpenDocument text (.odt). Open it in LibreOffice, save it as .docx, and "
        "choose that."
    ),
    "file_macros": _l(
        "The file holds macros, which are programs, and is not opened. Save it as .docx "
        "without macros."
    ),
    "file_cut_off": _l(
        "The end of the file is missing: it was cut off on its way. Get it again, and choose "
        "it again."
    ),
    "zip_bomb": _l(
        "The file would unpack to far more than a document holds (over %(maximum)s MB), and "
        "was not opened."
    ),
    "xml_doctype": _l(
        "The file's XML defines entities or a document type of its own, which is not accepted."
    ),
    "nested_too_deep": _l(
        "The parts of this file lie too deep in one another to be read. Save it anew from a "
        "word processor."
    ),
    "pdf_too_many_pages": _l(
        "The PDF has %(found)s pages; at most %(maximum)s are read. Split it."
    ),
    "pdf_without_text": _l(
        "This PDF holds pictures of pages and no text. Type or paste the text of the draft, "
        "or add the file as an annex to the consultation."
    ),
    "reading_too_long": _l(
        "Reading this file took too long and was stopped; nothing was changed. Save it anew "
        "or split it."
    ),
    "reading_too_large": _l(
        "Reading this file needs too much memory and was stopped; nothing was changed. Save "
        "it anew or split it."
    ),
    "version_unpublished": _l("The text of document %(number)s is not published yet."),
    "draft_empty": _l("There is no text here. Paste the draft, or choose its file."),
    "draft_too_long": _l("The text is longer than %(maximum)s characters. Split it."),
    "draft_too_many_articles": _l(
        "The text has %(found)s articles; a draft may have at most %(maximum)s."
    ),
    "draft_too_many_provisions": _l(
        "The text has more than %(maximum)s paragraphs and points. Split it."
    ),
    "draft_no_article": _l(
        "No article was recognised, so there is nothing to comment on. "
        "Begin each article on its own line, as in: المادة 1:"
    ),
    "version_published": _l("This version is published and is never changed. Prepare a new one."),
    "matches_doubtful": _l(
        "Provisions whose match with the version before must be confirmed first: %(number)s."
    ),
    "match_unknown": _l("Choose a provision from the list."),
    "no_working_version": _l("No version is being prepared: import a text first."),
    "draft_to_confirm": _l(
        "This text was read from a PDF: somebody must compare it with the pages and confirm it."
    ),
    "not_compared": _l("Tick that you compared the text with the pages."),
    "file_missing": _l("Choose a file, or paste the text."),
    "file_holds_nothing": _l("The file is empty."),
    "import_under_way": _l("A file of this document is being read already. Wait until it is done."),
    "import_given_up": _l("Reading this file was broken off again and again, so it was given up."),
    "working_version_there": _l("A version is being prepared already: go on with that one."),
    "nothing_published": _l("No version of this document is published yet."),
    "corrected_meanwhile": _l(
        "%(name)s corrected this version meanwhile (%(act)s). Your act was not recorded: look at "
        "how it stands now, and do it again if it is still needed."
    ),
    "corrected_since": _l(
        "This version was changed since you opened the page. Look at how it stands now."
    ),
    "choose_provision": _l("Choose a provision first."),
    "nothing_to_undo": _l("There is nothing to undo."),
    "nothing_to_redo": _l("There is nothing to make again."),
    "structure_first": _l("Nothing stands before it here."),
    "structure_last": _l("Nothing stands after it here."),
    "structure_no_parent": _l("It cannot move in: nothing stands before it at its level."),
    "structure_outermost": _l("It cannot move out any further."),
    "structure_nesting": _l("“%(lower)s” cannot stand under “%(upper)s”."),
    "structure_deep": _l("A draft has at most %(maximum)s levels."),
    "structure_split_nothing": _l("There is no text on both sides of this place."),
    "structure_table": _l("A table is not split or joined with a text."),
    "structure_not_a_table": _l("This is no table: each line of one begins with |."),
    "structure_not_empty": _l(
        "Only an empty provision is deleted, so that no word is lost. Join it to the one before."
    ),
    "structure_only_one": _l("It is the only provision there is."),
    "number_missing": _l("Write the number."),
    "kind_missing": _l("Choose the kind."),
    "number_needless": _l("Plain text has no number. Change its kind first."),
    "number_unread": _l("This is no number that others could follow."),
    "provision_empty": _l("A provision needs a number, a heading or a text."),
    "file_unreadable": _l("The file could not be read: it is damaged, or not what it seems."),
    "akn_invalid": _l("Line %(line)s: this is not well-formed XML (%(what)s)."),
    "akn_doctype": _l("The file declares a DOCTYPE, which is refused. Save it without one."),
    "akn_foreign": _l(
        "This XML is not Akoma Ntoso: its first element is “%(found)s”, not “akomaNtoso”."
    ),
    "akn_deep": _l("Line %(line)s: elements are nested deeper than %(maximum)s levels."),
    "output_exists": _l("%(path)s is there already. --force replaces it."),
    "output_unwritable": _l("%(path)s could not be written: %(why)s."),
}
