"""Groups of comments that say nearly the same, and deciding for a whole one."""

from __future__ import annotations

from enum import StrEnum

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import FOR_MANY, Outcome, check


class Progress(StrEnum):
    """How far a decision for a group is; it can be stopped and taken up again."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class Order(StrEnum):
    STOP = "stop"
    RESUME = "resume"


UNFINISHED = frozenset({Progress.WAITING, Progress.RUNNING, Progress.STOPPED})
AT_WORK = frozenset({Progress.WAITING, Progress.RUNNING})
_FOLLOWS = {
    (Progress.WAITING, Order.STOP): Progress.STOPPED,
    (Progress.RUNNING, Order.STOP): Progress.STOPPED,
    (Progress.STOPPED, Order.RESUME): Progress.WAITING,
}


def follow_order(state: Progress, order: Order) -> Progress:
    """The state that follows; raises `group_decision_state` (409) where nothing does."""
    following = _FOLLOWS.get((state, order))
    if following is None:
        raise DomainError("group_decision_state", status=409, progress=state)
    return following


def check_for_many(outcome: Outcome, ground: Ground | None, note: str) -> None:
    """Raise `outcome_single` for what is decided comment by comment, and what `check` raises."""
    if outcome not in FOR_MANY:
        raise DomainError("outcome_single", field="outcome")
    check(outcome, ground, note, (), {})
