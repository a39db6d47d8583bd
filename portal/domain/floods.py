"""Floods: how fast comments come, and what that asks of who sends one. Nobody is ever turned away.

A pace lets so many come at once and so many a minute after that. Who comes beyond it is given a
later turn, and waits for it; where the turns given lie far ahead, a flood is under way, and a
browser that shows some work does not wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from portal.domain.hints import HintKind

# The longest that somebody waits while many are sending; a longer row of turns is a flood.
LONGEST_WAIT = timedelta(minutes=2)
# What waits in a flood who has no scripts, and so cannot show any work.
INSTEAD_OF_WORK = timedelta(minutes=5)
# A flood that is over is forgotten within so long.
MEMORY = timedelta(minutes=10)
# Nobody opens the form, writes, reads it once more and sends in less.
QUICKEST = timedelta(seconds=3)


class Load(StrEnum):
    QUIET = "quiet"
    BUSY = "busy"
    FLOOD = "flood"


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, and then so many a minute."""

    at_once: int
    a_minute: int

    @property
    def step(self) -> timedelta:
        return timedelta(minutes=1) / self.a_minute

    def taken(self, busy_until: datetime | None, now: datetime) -> datetime:
        """Until when it is busy, one more having come; None: nobody came for long.

        What lies further ahead than any flood can bring it was laid down before the clock was set
        back, and slows nobody down.
        """
        furthest = now + self.at_once * self.step + MEMORY
        if busy_until is None or busy_until > furthest:
            busy_until = now
        return min(max(busy_until, now) + self.step, furthest)

    def ahead(self, busy_until: datetime | None, now: datetime) -> timedelta:
        """How far ahead the turn of the next one lies; nothing: it is their turn now."""
        beyond = self.taken(busy_until, now) - now - self.at_once * self.step
        return max(beyond, timedelta(0))


@dataclass(frozen=True, slots=True)
class Paces:
    """The pace of one block of addresses, and that of one consultation."""

    block: Pace
    consultation: Pace


def load_of(ahead: timedelta) -> Load:
    """What a turn so far ahead says of how many are sending."""
    if ahead <= timedelta(0):
        return Load.QUIET
    return Load.BUSY if ahead <= LONGEST_WAIT else Load.FLOOD


def wait_of(ahead: timedelta) -> timedelta:
    """How long somebody waits whose turn lies so far ahead, if no work is shown."""
    return ahead if load_of(ahead) is not Load.FLOOD else INSTEAD_OF_WORK


def block_of(address: str) -> str | None:
    """The block that an address is of: /24 for IPv4, /56 for IPv6, what one line is given.

    None for what is no address of the public internet: a web server in front, a house's own
    network. Behind it may be anybody, and nobody is slowed down for their neighbours there.
    """
    try:
        found = ip_address(address.strip())
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if not found.is_global:
        return None
    return str(ip_network((found, 24 if found.version == 4 else 56), strict=False))


@dataclass(frozen=True, slots=True)
class Mark:
    """What about the sending itself is worth a moderator's look; never more than a hint."""

    kind: HintKind
    detail: str = ""


def marks_of(*, filled: bool, opened_at: datetime | None, now: datetime) -> tuple[Mark, ...]:
    """`filled`: something stands in the field that nobody sees; `opened_at`: when the form was
    got from us, None where it was not. The detail of a quick one is its seconds."""
    found = [Mark(HintKind.HIDDEN_FIELD)] if filled else []
    if opened_at is None:
        found.append(Mark(HintKind.TOO_QUICK))
    elif now - opened_at < QUICKEST:
        seconds = max(0, int((now - opened_at).total_seconds()))
        found.append(Mark(HintKind.TOO_QUICK, str(seconds)))
    return tuple(found)
