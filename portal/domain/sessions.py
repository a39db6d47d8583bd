"""Sessions at the desk: how long one lasts, and what is kept of the browser it is in."""

from __future__ import annotations

from datetime import datetime, timedelta

IDLE = timedelta(hours=12)  # not used for so long: over
LONGEST = timedelta(days=7)  # over however much it is used
SECOND_WITHIN = timedelta(minutes=10)  # from the password to the second factor
PROVED_FOR = timedelta(minutes=15)  # after the password, changes to the account ask no more
SEEN_EVERY = timedelta(minutes=5)  # how exactly the last use is known

# The first that a browser names itself by: Edge and Opera call themselves Chrome too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def is_over(now: datetime, *, began_at: datetime, seen_at: datetime, waiting: bool) -> bool:
    """True where a session lets nobody in any more; `waiting`: the second factor is still due."""
    if waiting:
        return now - began_at >= SECOND_WITHIN
    return now - seen_at >= IDLE or now - began_at >= LONGEST


def describe_browser(user_agent: str) -> str:
    """A coarse name such as `Firefox · Linux`, for its owner to know it by; "" where unknown."""
    names = (_first(user_agent, BROWSERS), _first(user_agent, SYSTEMS))
    return " · ".join(name for name in names if name)


def _first(user_agent: str, marks: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in marks if mark in user_agent), "")
