"""Hints: an ordinary comment, and the longest texts that are made to take long."""

from __future__ import annotations

from functools import partial

from bench.harness import Candidates
from portal.formats.hints.insults import ready, starter
from portal.formats.hints.reading import hints_in

ORDINARY = (
    "أقترح أن تكون ساعات العمل أطول في فصل الصيف، وهاتفي 079 012 3456 وبريدي"
    " a@example.jo لمن أراد. "
)
NASTY = {
    "digits": "1",
    "digits apart": "7 9 ",
    "plus signs": "+1 ",
    "at signs": "a@a.",
    "dots": "a.b-",
    "brackets": "(at)[dot]",
    "single letters": "ح م ا ",
    "one letter": "ح",
    "IBAN beginnings": "JO94 CB",
    "www.": "www.",
    "marks": "حُ",
}


def ordinary() -> Candidates:
    """An ordinary comment of 300 characters, and one as long as may be sent."""
    listed = ready(starter())
    return {
        "300": partial(hints_in, ORDINARY * 3, listed),
        "20,000": partial(hints_in, (ORDINARY * 300)[:20_000], listed),
    }


def nasty() -> Candidates:
    """20,000 characters of what takes longest, beside as many of an ordinary text."""
    listed = ready(starter())
    texts = {"ordinary": ORDINARY, **NASTY}
    return {
        name: partial(hints_in, (each * 20_000)[:20_000], listed) for name, each in texts.items()
    }
