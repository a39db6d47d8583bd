"""Life of a comment: the one table of what may happen to it, by whom, and what follows.

State x event -> state. Events are acts of the author or of a moderator; arriving is the only way
in (`arrives`). What was sent in confidence has rows of its own: it is never public, so there is
nothing in it to mask, to withhold or to return.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.record import Entry


class Event(StrEnum):
    EDIT = "edit"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"
    REDACT = "redact"
    WITHHOLD = "withhold"
    SPAM = "spam"
    RETURN = "return"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    REJECT = "reject"


class Who(StrEnum):
    """Whose act an event is. Another moderator is any but the one who decided."""

    AUTHOR = "author"
    MODERATOR = "moderator"
    ANOTHER_MODERATOR = "another_moderator"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an event asks for and leaves behind: a ground, the author's mail, the record's leaf."""

    who: Who
    ground: bool
    notice: str | None
    entry: Entry


RULES: dict[Event, Rule] = {
    Event.EDIT: Rule(Who.AUTHOR, ground=False, notice=None, entry=Entry.EDITED),
    Event.WITHDRAW: Rule(Who.AUTHOR, ground=False, notice=None, entry=Entry.WITHDRAWN),
    Event.PUBLISH: Rule(Who.MODERATOR, ground=False, notice="moderated", entry=Entry.MODERATED),
    Event.REDACT: Rule(Who.MODERATOR, ground=True, notice="moderated", entry=Entry.MODERATED),
    Event.WITHHOLD: Rule(Who.MODERATOR, ground=True, notice="moderated", entry=Entry.MODERATED),
    Event.SPAM: Rule(Who.MODERATOR, ground=True, notice="moderated", entry=Entry.MODERATED),
    Event.RETURN: Rule(Who.MODERATOR, ground=True, notice="moderated", entry=Entry.MODERATED),
    Event.APPEAL: Rule(Who.AUTHOR, ground=False, notice=None, entry=Entry.APPEALED),
    Event.UPHOLD: Rule(
        Who.ANOTHER_MODERATOR, ground=False, notice="appeal_decided", entry=Entry.APPEAL_DECIDED
    ),
    Event.REJECT: Rule(
        Who.ANOTHER_MODERATOR, ground=False, notice="appeal_decided", entry=Entry.APPEAL_DECIDED
    ),
}

PENDING, PUBLISHED, REDACTED = Publication.PENDING, Publication.PUBLISHED, Publication.REDACTED
WITHHELD, SPAM, RETURNED = Publication.WITHHELD, Publication.SPAM, Publication.RETURNED
CONFIDENTIAL, WITHDRAWN = Publication.CONFIDENTIAL, Publication.WITHDRAWN
Row = tuple[Publication | None, ...]

# The columns are the events in their order: edit, withdraw; publish, redact, withhold, spam,
# return; appeal, uphold, reject. None: it may not happen. An upheld appeal leaves the state to
# the new decision that goes with it.
_DECIDED: Row = (PUBLISHED, REDACTED, WITHHELD, SPAM, RETURNED)
_NO_APPEAL: Row = (None, None, None)
_NOTHING: Row = (None,) * len(Event)
ORDINARY: dict[Publication, Row] = {
    PENDING: (PENDING, WITHDRAWN, *_DECIDED, *_NO_APPEAL),
    # Against a file that is withheld while the words are published.
    PUBLISHED: (PENDING, WITHDRAWN, *_DECIDED, PUBLISHED, PUBLISHED, PUBLISHED),
    REDACTED: (PENDING, WITHDRAWN, *_DECIDED, REDACTED, REDACTED, REDACTED),
    WITHHELD: (PENDING, WITHDRAWN, *_DECIDED, WITHHELD, WITHHELD, WITHHELD),
    SPAM: (PENDING, WITHDRAWN, *_DECIDED, SPAM, SPAM, SPAM),
    RETURNED: (PENDING, WITHDRAWN, *_DECIDED, RETURNED, RETURNED, RETURNED),
    WITHDRAWN: _NOTHING,
}
_IN_CONFIDENCE: Row = (CONFIDENTIAL, None, None, SPAM, None)
IN_CONFIDENCE: dict[Publication, Row] = {
    CONFIDENTIAL: (CONFIDENTIAL, WITHDRAWN, *_IN_CONFIDENCE, *_NO_APPEAL),
    # Nobody looks at confidential comments in turn: an edit would lift the mark unseen.
    SPAM: (None, WITHDRAWN, *_IN_CONFIDENCE, SPAM, SPAM, SPAM),
    WITHDRAWN: _NOTHING,
}


def arrives(*, confidential: bool, moderated_after: bool) -> Publication:
    """The state in which a comment comes in; `moderated_after`: shown first, looked at after."""
    if confidential:
        return CONFIDENTIAL
    return PUBLISHED if moderated_after else PENDING


def cell(state: Publication, event: Event, *, confidential: bool) -> Publication | None:
    """The state that follows; None where the event may not happen in this one."""
    table = IN_CONFIDENCE if confidential else ORDINARY
    return table.get(state, _NOTHING)[list(Event).index(event)]


def follow(state: Publication, event: Event, *, confidential: bool) -> Publication:
    """The state that follows. Raises (409) `withdrawn_already`, `edit_withdrawn`, `edit_spam`,
    `decided_withdrawn`, `appeal_nothing`, and `confidential_not_public` (422)."""
    following = cell(state, event, confidential=confidential)
    if following is None:
        raise _refusal(state, event)
    return following


def _refusal(state: Publication, event: Event) -> DomainError:
    withdrawn = state is WITHDRAWN
    if event is Event.WITHDRAW:
        return DomainError("withdrawn_already", status=409)
    if event is Event.EDIT:
        return DomainError("edit_withdrawn" if withdrawn else "edit_spam", status=409)
    if event in (Event.APPEAL, Event.UPHOLD, Event.REJECT):
        return DomainError("appeal_nothing", status=409)
    if withdrawn:
        return DomainError("decided_withdrawn", status=409)
    return DomainError("confidential_not_public", field="outcome")
