"""The words for every error of the domain: code -> sentence, in the reader's language.

They lie on this floor because pages, the command line, mail and exports all speak them.
"""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.domain.errors import DomainError
from portal.formats.citations import cite
from portal.formats.labels import label
from portal.formats.moderation_messages import MODERATION

MESSAGES: dict[str, LazyString] = {
    "not_found": _l("There is nothing at this address."),
    "not_allowed": _l("Your roles do not allow this here."),
    "wrong_phase": _l("This cannot be done now: the consultation is “%(phase)s”."),
    "phase_refuses": _l("This cannot be done now: the consultation is “%(phase)s”."),
    "period_backwards": _l("The closing time must come after the opening time."),
    "year_far": _l("Write a year from %(first)s to %(last)s."),
    "dates_announced": _l(
        "The dates are announced and stay. A later deadline is given by an extension."
    ),
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
    "email_bad": _l("This is not a working e-mail address."),
    "email_taken": _l("%(email)s has an account already."),
    "name_missing": _l("Write the name, or choose not to show it."),
    "organisation_missing": _l("Write the name of the body you speak for."),
    "role_bad": _l("Choose a role."),
    "sign_in_failed": _l("The address or the password is not right."),
    "sign_in_locked": _l(
        "Too many attempts. For your safety the account is locked for a quarter of an hour."
    ),
    "password_wrong": _l("The present password is not right."),
    "invitation_over": _l("This invitation has been used or is past. Ask for a new one."),
    "last_administrator": _l("This is the last administrator; the portal needs one."),
    "no_administrator": _l("Create an administrator first: flask user create-admin."),
    "no_such_body": _l("There is no public body named %(slug)s."),
    "body_missing_here": _l("Name the public body the consultation belongs to."),
    "slug_bad": _l("Use small Latin letters, digits and hyphens, as in: water-law-2026."),
    "slug_taken": _l("%(slug)s is taken; choose another."),
    "title_missing": _l("Write the title in Arabic."),
    "text_long": _l("This may have at most %(maximum)s characters."),
    "nothing_to_read": _l("Add a document first: there is nothing to comment on yet."),
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
    "comment_empty": _l("Write your comment, or the wording you propose."),
    "quoted_without_provision": _l("Words can be quoted only from a chosen article or paragraph."),
    "too_many_comments": _l(
        "One submission holds at most %(maximum)s comments; send the rest after."
    ),
    "comments_cut": _l(
        "One submission holds at most %(maximum)s comments. The first of them are kept below; "
        "send these, then the rest."
    ),
    "workshop_taken_in_already": _l("This report was taken in already."),
    "report_empty": _l("There is no text here. Paste the report, or choose its file."),
    "report_too_long": _l("The report is longer than %(limit)s characters."),
    "bullet_long": _l(
        "The recommendation at line %(line)s is longer than %(maximum)s characters. Split it."
    ),
    "report_no_bullets": _l("No recommendation was found: the report has no list of them."),
    **MODERATION,
    "response_changed_meanwhile": _l(
        "Somebody changed this response meanwhile. What you wrote is kept below, not recorded."
    ),
    "answered_elsewhere": _l("Comment %(number)s is answered by response %(response)s already."),
    "no_such_comment": _l("There is no comment %(number)s here."),
    "no_such_document": _l("There is no document %(number)s here."),
    "document_missing_here": _l("There are several documents here: name one by its number."),
    "no_comment_chosen": _l("Choose the comments that this answers."),
    "remark_missing": _l("Write what should be changed in the response."),
    "opinion_empty": _l("Write the opinion."),
    "disposition_missing": _l("Choose the decision on the substance."),
    "disposition_unknown": _l("“%(value)s” is not one of the decisions."),
    "demo_in_production": _l("Demo data is refused in production."),
    "demo_not_empty": _l("The database is not empty; the demo is for an empty one."),
    "file_empty": _l("The file has no rows."),
    "file_unreadable": _l("The file could not be read: it is damaged, or not what it seems."),
    "file_not_json": _l("The file is not the JSON that is expected."),
    "quote_not_found": _l(
        "These words do not stand in the article or paragraph that you chose. Copy them from the"
        " text as they stand, or leave the field empty to comment on the whole."
    ),
    "quote_twice": _l(
        "These words stand %(times)s times in what you chose. Add a few of the words beside them."
    ),
    "not_orphaned": _l("Comment %(number)s has its place in the newest version."),
    "no_such_provision": _l("The newest version has no such article or paragraph."),
    "words_not_there": _l(
        "The chosen words were not found in the newest version. Choose them again in the text."
    ),
    "column_unknown": _l("The column “%(column)s” is not one of the matrix's."),
    "column_missing": _l("The column “%(column)s” is missing."),
    "row_refused": _l("Row %(row)s: %(words)s"),
    "row_empty": _l("Row %(row)s has neither a comment nor a proposed text."),
    "moment_missing": _l("Write the day and the time."),
    "outcome_missing": _l("Choose a decision."),
    "search_empty": _l("Type at least one word: letters or digits."),
    "search_too_long": _l(
        "Type at most %(words)s words and %(length)s characters: fewer words find more."
    ),
    "taken_meanwhile": _l(
        "Somebody else did this at the same moment. Go back, look again, and send once more."
    ),
    "akn_invalid": _l("Line %(line)s: this is not well-formed XML (%(what)s)."),
    "akn_doctype": _l("The file declares a DOCTYPE, which is refused. Save it without one."),
    "akn_foreign": _l(
        "This XML is not Akoma Ntoso: its first element is “%(found)s”, not “akomaNtoso”."
    ),
    "akn_deep": _l("Line %(line)s: elements are nested deeper than %(maximum)s levels."),
    "output_exists": _l("%(path)s is there already. --force replaces it."),
    "output_unwritable": _l("%(path)s could not be written: %(why)s."),
    "cell_unknown": _l("Row %(row)s: “%(value)s” is not understood."),
}


def message(error: DomainError) -> str:
    """The sentence for `error`; parameters that are codes are put in words too."""
    words = str(MESSAGES[error.code])
    # What the sentence does not speak of needs no words: the act that was refused, say.
    params = {
        name: _said(name, value) for name, value in error.params.items() if f"%({name})" in words
    }
    return words % params if params else words


def _said(name: str, value: object) -> object:
    """A code by its word, a place by its citation."""
    if isinstance(value, StrEnum):
        return label(value)
    return cite(str(value)) if name == "place" else value
