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
from portal.formats.messages_access import OF_ACCESS
from portal.formats.messages_attachments import OF_ATTACHMENTS
from portal.formats.messages_backups import OF_BACKUPS
from portal.formats.messages_drafts import OF_DRAFTS
from portal.formats.messages_matrices import OF_MATRICES
from portal.formats.messages_moderation import OF_MODERATION
from portal.formats.messages_people import OF_PEOPLE
from portal.formats.messages_record import OF_RECORD
from portal.formats.messages_responses import OF_RESPONSES
from portal.formats.messages_sheets import OF_SHEETS
from portal.formats.messages_study import OF_STUDY
from portal.formats.messages_summaries import OF_SUMMARIES

MESSAGES: dict[str, LazyString] = {
    **OF_ACCESS,
    **OF_ATTACHMENTS,
    **OF_BACKUPS,
    **OF_DRAFTS,
    **OF_MATRICES,
    **OF_MODERATION,
    **OF_SHEETS,
    **OF_SUMMARIES,
    **OF_STUDY,
    **OF_RESPONSES,
    **OF_PEOPLE,
    **OF_RECORD,
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
    "password_short": _l("A password needs at least %(minimum)s characters."),
    "password_long": _l("A password may have at most %(maximum)s characters."),
    "password_known": _l("This password became known in a theft of passwords. Choose another."),
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
    "comment_empty": _l("Write your comment, or the wording you propose."),
    "quoted_without_provision": _l("Words can be quoted only from a chosen article or paragraph."),
    "too_many_comments": _l(
        "One submission holds at most %(maximum)s comments; send the rest after."
    ),
    "comments_cut": _l(
        "One submission holds at most %(maximum)s comments. The first of them are kept below; "
        "send these, then the rest."
    ),
    "target_wrong": _l("Choose what the comment is about from the list."),
    "code_unknown": _l("No submission has this reference. Look at your receipt again."),
    "workshop_taken_in_already": _l("This report was taken in already."),
    "report_empty": _l("There is no text here. Paste the report, or choose its file."),
    "report_too_long": _l("The report is longer than %(limit)s characters."),
    "bullet_long": _l(
        "The recommendation at line %(line)s is longer than %(maximum)s characters. Split it."
    ),
    "report_no_bullets": _l("No recommendation was found: the report has no list of them."),
    "response_changed_meanwhile": _l(
        "Somebody changed this response meanwhile. What you wrote is kept below, not recorded."
    ),
    "answered_elsewhere": _l("Comment %(number)s is answered by response %(response)s already."),
    "comment_split": _l("Comment %(number)s has been split: answer its parts, %(parts)s."),
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
    "file_not_json": _l("The file is not the JSON that is expected."),
    "unkeepable": _l(
        "What you sent holds a character that cannot be kept. Go back, take out what nobody can"
        " see, and send it again."
    ),
    "file_not_csv": _l("The file cannot be read as CSV from line %(line)s on."),
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
    "search_empty": _l("Type at least one word: letters or digits."),
    "search_too_long": _l(
        "Type at most %(words)s words and %(length)s characters: fewer words find more."
    ),
    "taken_meanwhile": _l(
        "Somebody else did this at the same moment. Go back, look again, and send once more."
    ),
    "line_not_json": _l("Line %(line)s is not a JSON object."),
    "line_lacks": _l("Line %(line)s has no “%(name)s” that is text."),
    "line_twice": _l("Line %(line)s: the id “%(id)s” has come before."),
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
