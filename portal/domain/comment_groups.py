"""Groups of comments that say nearly the same, and deciding for a whole one."""

from __future__ import annotations

from enum import StrEnum

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import FOR_MANY, Outcome, check


class Progress(StrEnum):
    """How far a decision for a group is; it can be stopped and taken up again, and undone for some
    seconds before it begins."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    UNDONE = "undone"


class Order(StrEnum):
    STOP = "stop"
    RESUME = "resume"
    UNDO = "undo"


UNFINISHED = frozenset({Progress.WAITING, Progress.RUNNING, Progress.STOPPED})
AT_WORK = frozenset({Progress.WAITING, Progress.RUNNING})
_FOLLOWS = {
    (Progress.WAITING, Order.STOP): Progress.STOPPED,
    (Progress.RUNNING, Order.STOP): Progress.STOPPED,
    (Progress.STOPPED, Order.RESUME): Progress.WAITING,
    (Progress.WAITING, Order.UNDO): Progress.UNDONE,
}


def follow_order(state: Progress, order: Order, *, begun: bool) -> Progress:
    """The state that follows; `begun`: its first seconds, in which it can be undone, are over.

    Raises `undo_late` (409), and `group_decision_state` (409) where nothing follows.
    """
    following = _FOLLOWS.get((state, order))
    if order is Order.UNDO and begun:
        raise DomainError("undo_late", status=409)
    if following is None:
        raise DomainError("group_decision_state", status=409, progress=state)
    return following


def check_for_many(outcome: Outcome, ground: Ground | None, note: str) -> None:
    """Raise `outcome_single` for what is decided comment by comment, and what `check` raises."""
    if outcome not in FOR_MANY:
        raise DomainError("outcome_single", field="outcome")
    check(outcome, ground, note, (), {})
