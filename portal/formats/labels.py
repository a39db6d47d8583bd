"""The words on screen for every code of the domain: one entry a member, translated.

They lie on this floor because pages, the command line, mail and exports all speak them.
"""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.domain.accounts import Role
from portal.domain.appeals import AppealOutcome
from portal.domain.attachments import FileKind
from portal.domain.attachments import Standing as FileStanding
from portal.domain.comment_groups import Progress
from portal.domain.comment_life import cell
from portal.domain.comments import CommentType, Publication
from portal.domain.consultations import Phase
from portal.domain.drafts import (
    DocumentKind,
    DraftAct,
    DraftFormat,
    ImportStatus,
    ProvisionKind,
    Relation,
    Standing,
    Tracked,
)
from portal.domain.grounds import Ground
from portal.domain.hints import HintKind, Script
from portal.domain.moderation import Outcome
from portal.domain.record import Entry
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.submissions import Channel, Governorate, SenderClass

LABELS: tuple[tuple[StrEnum, LazyString | str], ...] = (
    (HintKind.EMAIL, _l("E-mail address")),
    (HintKind.PHONE, _l("Telephone number")),
    (HintKind.NATIONAL_NUMBER, _l("National number")),
    (HintKind.IBAN, _l("Bank account (IBAN)")),
    (HintKind.LINK, _l("Link")),
    (HintKind.INSULT, _l("Word from the list of insults")),
    (HintKind.OTHER_SCRIPT, _l("Another script than the draft's")),
    (HintKind.SAME_SENDER, _l("Many from one address")),
    (HintKind.HIDDEN_FIELD, _l("Filled in by a machine")),
    (HintKind.TOO_QUICK, _l("Sent very quickly")),
    (Script.ARABIC, _l("Arabic letters")),
    (Script.LATIN, _l("Latin letters")),
    (Script.OTHER, _l("letters of another script")),
    (FileKind.PDF, "PDF"),
    (FileKind.DOCX, _l("Word (DOCX)")),
    (FileKind.ODT, _l("OpenDocument text (ODT)")),
    (FileKind.JPEG, _l("image (JPEG)")),
    (FileKind.PNG, _l("image (PNG)")),
    (FileKind.WEBP, _l("image (WebP)")),
    (FileStanding.HELD, _l("held back")),
    (FileStanding.SHOWN, _l("shown")),
    (FileStanding.WITHHELD, _l("withheld")),
    (Progress.WAITING, _l("waiting to begin")),
    (Progress.RUNNING, _l("in progress")),
    (Progress.STOPPED, _l("stopped")),
    (Progress.DONE, _l("finished")),
    (Progress.UNDONE, _l("undone")),
    (Role.CITIZEN, _l("Citizen")),
    (Role.MODERATOR, _l("Moderator")),
    (Role.DRAFTER, _l("Drafter")),
    (Role.APPROVER, _l("Approver")),
    (Role.COMMITTEE, _l("Expert committee member")),
    (Role.ADMINISTRATOR, _l("Administrator")),
    (Phase.DRAFT, _l("In preparation")),
    (Phase.ANNOUNCED, _l("Announced")),
    (Phase.OPEN, _l("Open for comments")),
    (Phase.CLOSED, _l("Closed, under study")),
    (Phase.ANSWERED, _l("Response matrix published")),
    (Phase.CONCLUDED, _l("Final text issued")),
    (Phase.ARCHIVED, _l("Archived")),
    (Phase.WITHDRAWN, _l("Consultation withdrawn")),
    (DocumentKind.LAW, _l("Law")),
    (DocumentKind.BYLAW, _l("Bylaw")),
    (DocumentKind.INSTRUCTIONS, _l("Instructions")),
    (DocumentKind.POLICY, _l("Policy")),
    (DocumentKind.STRATEGY, _l("Strategy")),
    (DocumentKind.PLAN, _l("Plan")),
    (DocumentKind.OTHER, _l("Other document")),
    (ProvisionKind.PART, _l("Part")),
    (ProvisionKind.CHAPTER, _l("Chapter")),
    (ProvisionKind.SECTION, _l("Section")),
    (ProvisionKind.ARTICLE, _l("Article")),
    (ProvisionKind.PARAGRAPH, _l("Paragraph")),
    (ProvisionKind.POINT, _l("Point")),
    (ProvisionKind.TEXT, _l("Text")),
    (ProvisionKind.ANNEX, _l("Annex")),
    (ProvisionKind.TABLE, _l("Table")),
    (DraftFormat.TEXT, _l("Plain text")),
    (DraftFormat.MARKDOWN, "Markdown"),
    (DraftFormat.HTML, "HTML"),
    (DraftFormat.DOCX, _l("Word (DOCX)")),
    (DraftFormat.PDF, "PDF"),
    (DraftFormat.AKN, "Akoma Ntoso 3.0 (XML)"),
    (Tracked.ACCEPT, _l("Read the text with its tracked changes made")),
    (Tracked.REJECT, _l("Read the text as it was before its tracked changes")),
    (ImportStatus.WAITING, _l("Waiting to be read")),
    (ImportStatus.READING, _l("Being read")),
    (ImportStatus.DONE, _l("Read in")),
    (ImportStatus.FAILED, _l("Not read in")),
    (DraftAct.SPLIT, _l("split in two")),
    (DraftAct.JOIN, _l("joined with the one before")),
    (DraftAct.UP, _l("moved up")),
    (DraftAct.DOWN, _l("moved down")),
    (DraftAct.INDENT, _l("moved in")),
    (DraftAct.OUTDENT, _l("moved out")),
    (DraftAct.INSERT, _l("put in")),
    (DraftAct.DELETE, _l("taken out")),
    (DraftAct.KIND, _l("made another kind")),
    (DraftAct.RENUMBER, _l("number changed")),
    (DraftAct.NUMBER_ON, _l("numbered on from here")),
    (DraftAct.CORRECT, _l("words corrected")),
    (DraftAct.CLEAN, _l("characters nobody sees removed")),
    (DraftAct.CONFIRM, _l("compared with the pages")),
    (DraftAct.IMPORT, _l("read in again")),
    (DraftAct.TRANSLATE, _l("translation attached")),
    (Relation.SAME, _l("the same")),
    (Relation.CHANGED, _l("changed")),
    (Relation.MOVED, _l("moved")),
    (Relation.RENUMBERED, _l("renumbered")),
    (Relation.SPLIT, _l("split")),
    (Relation.MERGED, _l("merged")),
    (Relation.NEW, _l("new")),
    (Relation.GONE, _l("removed")),
    (Standing.EXACT, _l("at the same place")),
    (Standing.SHIFTED, _l("at another place")),
    (Standing.ORPHANED, _l("its words are no longer in the text")),
    (Channel.PORTAL, _l("Portal")),
    (Channel.WORKSHOP, _l("Workshop")),
    (Channel.LETTER, _l("Letter")),
    (Channel.EMAIL, _l("E-mail")),
    (Channel.IMPORT, _l("Import")),
    (SenderClass.CITIZEN, _l("Citizen")),
    (SenderClass.CIVIL_SOCIETY, _l("Civil society")),
    (SenderClass.PRIVATE_SECTOR, _l("Private sector")),
    (SenderClass.ACADEMIC, _l("Academic")),
    (SenderClass.GOVERNMENT, _l("Government body")),
    (Governorate.AMMAN, _l("Amman")),
    (Governorate.IRBID, _l("Irbid")),
    (Governorate.ZARQA, _l("Zarqa")),
    (Governorate.BALQA, _l("Balqa")),
    (Governorate.MADABA, _l("Madaba")),
    (Governorate.MAFRAQ, _l("Mafraq")),
    (Governorate.JERASH, _l("Jerash")),
    (Governorate.AJLOUN, _l("Ajloun")),
    (Governorate.KARAK, _l("Karak")),
    (Governorate.TAFILAH, _l("Tafilah")),
    (Governorate.MAAN, _l("Ma'an")),
    (Governorate.AQABA, _l("Aqaba")),
    (CommentType.GENERAL, _l("General")),
    (CommentType.SUBSTANTIVE, _l("Substantive")),
    (CommentType.EDITORIAL, _l("Editorial")),
    (Publication.PENDING, _l("Awaiting moderation")),
    (Publication.PUBLISHED, _l("Published")),
    (Publication.REDACTED, _l("Published with redactions")),
    (Publication.CONFIDENTIAL, _l("Confidential")),
    (Publication.WITHHELD, _l("Withheld")),
    (Publication.SPAM, _l("Spam")),
    (Publication.RETURNED, _l("Returned for changes")),
    (Publication.WITHDRAWN, _l("Withdrawn by its author")),
    (AppealOutcome.UPHELD, _l("Upheld")),
    (AppealOutcome.REJECTED, _l("Rejected")),
    (AppealOutcome.LAPSED, _l("Ended without a ruling")),
    (Outcome.PUBLISH, _l("Publish")),
    (Outcome.REDACT, _l("Publish with redactions")),
    (Outcome.WITHHOLD, _l("Withhold")),
    (Outcome.SPAM, _l("Mark as spam")),
    (Outcome.RETURN, _l("Return to the author")),
    (Ground.PERSONAL_DATA, _l("Personal data")),
    (Ground.INSULT, _l("Defamation or insult")),
    (Ground.HATE, _l("Hate or incitement")),
    (Ground.OBSCENE, _l("Obscene content")),
    (Ground.ADVERTISING, _l("Spam or advertising")),
    (Ground.OFF_TOPIC, _l("Off the draft's topic")),
    (Ground.IMPERSONATION, _l("Impersonation")),
    (Ground.COPYRIGHT, _l("Copyright")),
    (Ground.SAME_AUTHOR, _l("Duplicate by the same author")),
    (Ground.BUSINESS_SECRET, _l("Confidential business information")),
    (Disposition.ACCEPTED, _l("Accepted")),
    (Disposition.ACCEPTED_MODIFIED, _l("Accepted with changes")),
    (Disposition.ACCEPTED_IN_PART, _l("Accepted in part")),
    (Disposition.ALREADY_COVERED, _l("Already covered in the text")),
    (Disposition.CLARIFIED, _l("Clarified, no change")),
    (Disposition.NOTED, _l("Noted")),
    (Disposition.DEFERRED, _l("Deferred")),
    (Disposition.REFERRED, _l("Referred")),
    (Disposition.NOT_ACCEPTED, _l("Not accepted")),
    (Disposition.OUT_OF_SCOPE, _l("Out of scope")),
    (Disposition.SUPERSEDED, _l("The text it concerned is gone")),
    (Disposition.DUPLICATE, _l("Duplicate")),
    (Disposition.WITHDRAWN, _l("Withdrawn by its author")),
    (ResponseStatus.DRAFT, _l("Draft response")),
    (ResponseStatus.READY, _l("Ready for review")),
    (ResponseStatus.APPROVED, _l("Approved")),
    (ResponseStatus.RETURNED, _l("Returned with a remark")),
    (Entry.CONSULTATION_CREATED, _l("Consultation created")),
    (Entry.CONSULTATION_CHANGED, _l("Consultation changed")),
    (Entry.ANNOUNCED, _l("Consultation announced")),
    (Entry.EXTENDED, _l("Deadline extended")),
    (Entry.CONSULTATION_WITHDRAWN, _l("Consultation withdrawn")),
    (Entry.CONCLUDED, _l("Final text recorded")),
    (Entry.ARCHIVED, _l("Consultation archived")),
    (Entry.VERSION_PUBLISHED, _l("Version published")),
    (Entry.COMMENT_PLACED, _l("Comment placed by hand")),
    (Entry.RECEIVED, _l("Submission received")),
    (Entry.EDITED, _l("Comment changed by its author")),
    (Entry.WITHDRAWN, _l("Comment withdrawn by its author")),
    (Entry.WORKSHOP_TAKEN_IN, _l("Workshop report taken in")),
    (Entry.MODERATED, _l("Comment moderated")),
    (Entry.APPEALED, _l("Appeal made")),
    (Entry.APPEAL_DECIDED, _l("Appeal decided")),
    (Entry.ANSWER_RECORDED, _l("Response recorded")),
    (Entry.ANSWER_APPROVED, _l("Response approved")),
    (Entry.ANSWER_RETURNED, _l("Response returned")),
    (Entry.CHANGE_EXPLAINED, _l("Change explained")),
    (Entry.OPINION_GIVEN, _l("Opinion given")),
    (Entry.EDITION_PUBLISHED, _l("Edition of the matrix published")),
    (Entry.ACCOUNT_CHANGED, _l("Account changed")),
    (Entry.KEYS_CHANGED, _l("Key of the record changed")),
)
# By type too: "withdrawn" is a phase, a publication status and a disposition.
_WORDS = {(type(code), code.value): words for code, words in LABELS}


def label(code: StrEnum | None) -> LazyString | str:
    """The word for `code`; nothing for None."""
    return "" if code is None else _WORDS[type(code), code.value]


def decided(outcome: Outcome) -> LazyString | str:
    """What a decision made of a comment: `Withheld`, where the button says `Withhold`."""
    return label(cell(Publication.PENDING, outcome.event, confidential=False))


def choices(codes: type[StrEnum]) -> list[tuple[str, LazyString | str]]:
    """`(value, label)` of every member, for a form's select."""
    return [(code.value, _WORDS[type(code), code.value]) for code in codes]
