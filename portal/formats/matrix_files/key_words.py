"""What every column and every code of the matrix means, in a sentence each."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.domain.comments import CommentType, Publication
from portal.domain.responses import Disposition

COLUMN_MEANS = {
    "ref": _l("The comment's number in its consultation; the parts of one that was split: 17.1."),
    "document": _l("The document the comment is about."),
    "version": _l("The version that was commented on."),
    "provision": _l("The provision the comment is about, as the document numbers it."),
    "quoted_text": _l("The words of the document that the comment is about."),
    "comment_type": _l("What kind of comment its author said it is."),
    "comment": _l("The author's own words; what was masked stands in brackets with its ground."),
    "proposed_text": _l("The wording that the author proposes."),
    "grounds": _l("Why the author proposes it."),
    "submitter": _l("The author's name, where it may be published."),
    "submitter_class": _l("In what capacity the author speaks."),
    "on_behalf_of": _l("The organisation the author speaks for, where it may be published."),
    "channel": _l("How the comment came in."),
    "received": _l("Day and time of receipt, Amman time; late ones are marked and answered."),
    "publication": _l("What the public may see of the comment."),
    "files": _l("How many files came with the comment, and on what ground any was withheld."),
    "group": _l("For comments of the same words: the number of the first of them."),
    "disposition": _l("What was decided about the substance of the comment."),
    "response": _l("The reasons given to the author."),
    "place_of_change": _l("The provisions that changed because of the comment, and where."),
    "text_before": _l("The words of those provisions before the change."),
    "text_after": _l("Their words after it."),
    "responsible_body": _l("The body that the comment concerns or was referred to."),
    "committee_opinion": _l("What members of the expert committee said about it."),
    "decided": _l("The day on which the response was approved."),
    "hash": _l("SHA-256 of the comment as received: who keeps a receipt can compare it."),
}
# Codes of two lists may be equal as texts (withdrawn): then they mean the same.
CODE_MEANS = {
    Disposition.ACCEPTED: _l("The comment was taken up; the change is cited."),
    Disposition.ACCEPTED_MODIFIED: _l("Taken up in other words; the change is cited."),
    Disposition.ACCEPTED_IN_PART: _l("One part was taken up, which the response names."),
    Disposition.ALREADY_COVERED: _l("The text says so already; the response names where."),
    Disposition.CLARIFIED: _l("The response explains the text, which stays as it was."),
    Disposition.NOTED: _l("Taken note of; the comment proposes no wording."),
    Disposition.DEFERRED: _l("Left for later; the response says until when or to what."),
    Disposition.REFERRED: _l("Passed on to the body that it concerns."),
    Disposition.NOT_ACCEPTED: _l("Not taken up, for the reasons given."),
    Disposition.OUT_OF_SCOPE: _l("About something that this draft does not deal with."),
    Disposition.SUPERSEDED: _l("The provision it concerned is no longer in the draft."),
    Disposition.DUPLICATE: _l("Says the same as another comment, whose response holds for it."),
    Disposition.WITHDRAWN: _l("Its author took it back."),
    Publication.PENDING: _l("No moderator has looked at it yet."),
    Publication.PUBLISHED: _l("Published as it came."),
    Publication.REDACTED: _l("Published; some words are masked, each on a ground."),
    Publication.CONFIDENTIAL: _l("Its author asked that the words not be published."),
    Publication.WITHHELD: _l("Not published, on one of the grounds below."),
    Publication.SPAM: _l("Sent in bulk or to advertise; counted and kept."),
    Publication.RETURNED: _l("Given back to its author to be changed."),
    CommentType.GENERAL: _l("About the draft as a whole or its idea."),
    CommentType.SUBSTANTIVE: _l("About what a provision provides."),
    CommentType.EDITORIAL: _l("About wording, numbering or spelling."),
}
