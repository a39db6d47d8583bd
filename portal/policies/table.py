"""Who may do what, and in which phase: the one table. What is not in it is refused.

Every route names its act (`web.gate.act`); a test walks route x role x phase against this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from portal.domain.accounts import STAFF_ROLES, Actor, Role
from portal.domain.consultations import PUBLIC_PHASES, Phase
from portal.domain.errors import DomainError


class Act(StrEnum):
    # anybody
    BROWSE = auto()
    READ_CONSULTATION = auto()
    COMPOSE = auto()
    SEND = auto()
    FOLLOW = auto()
    READ_MATRIX = auto()
    SIGN_IN = auto()
    ACCEPT_INVITATION = auto()
    # staff
    OWN_ACCOUNT = auto()
    ENTER_DESK = auto()
    OPEN_FILE = auto()
    CREATE_CONSULTATION = auto()
    EDIT_CONSULTATION = auto()
    ANNOUNCE = auto()
    EXTEND = auto()
    WITHDRAW = auto()
    CONCLUDE = auto()
    ARCHIVE = auto()
    EDIT_DRAFT = auto()
    PUBLISH_VERSION = auto()
    TAKE_IN_WORKSHOP = auto()
    TAKE_IN_COMMENTS = auto()
    READ_QUEUE = auto()
    DECIDE = auto()
    RULE_ON_APPEAL = auto()
    KEEP_INSULTS = auto()
    STUDY = auto()
    SORT_COMMENTS = auto()
    WRITE_NOTE = auto()
    GIVE_OPINION = auto()
    READ_ASKED = auto()
    ADVISE = auto()
    RESPOND = auto()
    KEEP_REASONS = auto()
    APPROVE = auto()
    EXPLAIN_CHANGE = auto()
    PLACE_COMMENT = auto()
    CHECK_MATRIX = auto()
    PUBLISH_MATRIX = auto()
    WRITE_SUMMARY = auto()
    PUBLISH_SUMMARY = auto()
    MANAGE_PEOPLE = auto()
    MANAGE_BODIES = auto()
    READ_ACTIVITY = auto()
    READ_MAIL = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    roles: frozenset[Role]
    phases: frozenset[Phase] = frozenset(Phase)


def _rule(*roles: Role, phases: frozenset[Phase] = frozenset(Phase)) -> Rule:
    return Rule(frozenset(roles), phases)


ANYBODY = Role.CITIZEN
MODERATOR, DRAFTER, APPROVER = Role.MODERATOR, Role.DRAFTER, Role.APPROVER
COMMITTEE, ADMINISTRATOR = Role.COMMITTEE, Role.ADMINISTRATOR

BEFORE_OPENING = frozenset({Phase.DRAFT, Phase.ANNOUNCED})
BEFORE_DEADLINE = frozenset({Phase.ANNOUNCED, Phase.OPEN})
TAKING_COMMENTS = frozenset({Phase.OPEN, Phase.CLOSED})  # after the deadline: marked late
STUDYING = frozenset({Phase.OPEN, Phase.CLOSED, Phase.ANSWERED})
PUBLISHING = frozenset({Phase.CLOSED, Phase.ANSWERED})
LIVE = frozenset(Phase) - {Phase.WITHDRAWN, Phase.ARCHIVED}
# An interim edition is there before the answer, and stays where a consultation is withdrawn.
HAS_MATRIX = PUBLIC_PHASES - {Phase.ANNOUNCED, Phase.OPEN}
SUMMING_UP = frozenset({Phase.ANSWERED, Phase.CONCLUDED})

TABLE: dict[Act, Rule] = {
    Act.BROWSE: _rule(ANYBODY),
    Act.READ_CONSULTATION: _rule(ANYBODY, phases=PUBLIC_PHASES),
    Act.COMPOSE: _rule(ANYBODY, phases=PUBLIC_PHASES),
    Act.SEND: _rule(ANYBODY, phases=TAKING_COMMENTS),
    Act.FOLLOW: _rule(ANYBODY),
    Act.READ_MATRIX: _rule(ANYBODY, phases=HAS_MATRIX),
    Act.SIGN_IN: _rule(ANYBODY),
    Act.ACCEPT_INVITATION: _rule(ANYBODY),
    Act.OWN_ACCOUNT: _rule(*STAFF_ROLES),
    Act.ENTER_DESK: _rule(*STAFF_ROLES),
    Act.OPEN_FILE: _rule(MODERATOR, DRAFTER, APPROVER, COMMITTEE),
    Act.CREATE_CONSULTATION: _rule(DRAFTER),
    Act.EDIT_CONSULTATION: _rule(DRAFTER, phases=BEFORE_OPENING),
    Act.ANNOUNCE: _rule(DRAFTER, APPROVER, phases=frozenset({Phase.DRAFT})),
    Act.EXTEND: _rule(DRAFTER, APPROVER, phases=BEFORE_DEADLINE),
    Act.WITHDRAW: _rule(APPROVER, phases=BEFORE_DEADLINE | {Phase.CLOSED}),
    Act.CONCLUDE: _rule(APPROVER, phases=frozenset({Phase.ANSWERED})),
    Act.ARCHIVE: _rule(APPROVER, phases=frozenset({Phase.CONCLUDED})),
    Act.EDIT_DRAFT: _rule(DRAFTER, phases=LIVE),
    # Not while comments are being taken: a text does not change under its readers.
    Act.PUBLISH_VERSION: _rule(DRAFTER, phases=LIVE - {Phase.OPEN}),
    Act.TAKE_IN_WORKSHOP: _rule(DRAFTER, phases=BEFORE_OPENING | TAKING_COMMENTS),
    Act.TAKE_IN_COMMENTS: _rule(DRAFTER, phases=TAKING_COMMENTS),
    Act.READ_QUEUE: _rule(MODERATOR),
    Act.DECIDE: _rule(MODERATOR, phases=frozenset(Phase) - BEFORE_OPENING),
    Act.KEEP_INSULTS: _rule(MODERATOR, ADMINISTRATOR),
    # Not by who made the decision: `domain.appeals.check_decider`.
    Act.RULE_ON_APPEAL: _rule(MODERATOR, phases=frozenset(Phase) - BEFORE_OPENING),
    Act.STUDY: _rule(DRAFTER, APPROVER, COMMITTEE),
    # Themes, parts, who studies what: the order of the work, not what is decided.
    Act.SORT_COMMENTS: _rule(DRAFTER, APPROVER, phases=STUDYING),
    Act.WRITE_NOTE: _rule(DRAFTER, APPROVER, COMMITTEE, phases=LIVE - BEFORE_OPENING),
    Act.GIVE_OPINION: _rule(COMMITTEE, phases=STUDYING),
    # For the body that is asked, of the comments that lie with it alone (`queries.asked`).
    Act.READ_ASKED: _rule(DRAFTER, APPROVER),
    Act.ADVISE: _rule(DRAFTER, APPROVER, phases=STUDYING),
    Act.RESPOND: _rule(DRAFTER, phases=STUDYING),
    Act.KEEP_REASONS: _rule(DRAFTER, APPROVER),
    Act.APPROVE: _rule(APPROVER, phases=STUDYING),
    Act.EXPLAIN_CHANGE: _rule(DRAFTER, phases=STUDYING),
    Act.PLACE_COMMENT: _rule(DRAFTER, phases=STUDYING),
    Act.CHECK_MATRIX: _rule(DRAFTER, APPROVER),
    Act.PUBLISH_MATRIX: _rule(APPROVER, phases=PUBLISHING),
    Act.WRITE_SUMMARY: _rule(DRAFTER, phases=SUMMING_UP),
    # Not by who wrote it: `domain.summaries.check_publisher`.
    Act.PUBLISH_SUMMARY: _rule(APPROVER, phases=SUMMING_UP),
    Act.MANAGE_PEOPLE: _rule(ADMINISTRATOR),
    Act.MANAGE_BODIES: _rule(ADMINISTRATOR),
    Act.READ_ACTIVITY: _rule(ADMINISTRATOR),
    Act.READ_MAIL: _rule(*STAFF_ROLES),
}


def may(actor: Actor, act: Act, *, body_id: int | None = None) -> bool:
    """True where the actor's roles allow `act` for that body (None: for any body at all)."""
    return actor.holds(TABLE[act].roles, body_id)


def in_phase(act: Act, phase: Phase) -> bool:
    """True where `act` can be done in `phase` at all."""
    return phase in TABLE[act].phases


def authorise(actor: Actor, act: Act, *, body_id: int | None, phase: Phase) -> None:
    """Raise `not_allowed` (403) for the wrong person, `wrong_phase` (409) for the wrong time."""
    if not may(actor, act, body_id=body_id):
        raise DomainError("not_allowed", status=403, act=act)
    if not in_phase(act, phase):
        raise DomainError("wrong_phase", status=409, act=act, phase=phase)
