"""No regular expression of the portal can be made to compute for ever by what it is given.

Each is tried on long texts of the signs that it speaks of, under a clock of computing time.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from types import FrameType

import portal
from tests.architecture.tree import files, read

LONG = 400
# Of computing, for one pattern and text. What is as the square of the length takes a tenth of it,
# what is as the cube twice as much, and worse never ends.
SECONDS = 0.06
COMMON = (" ", "\n", "1", "-")
USES = frozenset({"compile", "match", "fullmatch", "search", "sub", "findall", "split", "finditer"})


class TooLongError(Exception):
    """It still computes."""


def named() -> Iterator[re.Pattern[str]]:
    """The patterns that modules keep."""
    for found in pkgutil.walk_packages(portal.__path__, "portal."):
        if found.name.endswith("_child"):
            continue
        for value in vars(importlib.import_module(found.name)).values():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield value


def written() -> Iterator[re.Pattern[str]]:
    """Those that stand where they are used."""
    for file in files(".py", under=("portal",)):
        for node in ast.walk(ast.parse(read(file))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            first = node.args[0] if node.args else None
            if of_re and node.func.attr in USES and isinstance(first, ast.Constant):
                yield re.compile(str(first.value))


@contextmanager
def under_a_clock() -> Iterator[None]:
    """Raise `TooLongError` after SECONDS of computing, however busy the machine is."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def texts(pattern: str) -> Iterator[str]:
    """Long texts of one or two signs, with an end that fits nothing."""
    own = [sign for sign in dict.fromkeys(pattern) if sign.isalnum() or sign in "-.,:;@/<>|\"'_ "]
    signs = list(dict.fromkeys((*own[:2], *COMMON)))
    for one, two in product(signs, repeat=2):
        yield (one + two) * (LONG // 2) + "\x00"


def test_no_pattern_computes_for_ever() -> None:
    patterns = {each.pattern: each for each in (*named(), *written())}
    assert len(patterns) > 100
    slow = []
    for source, pattern in patterns.items():
        for text in texts(source):
            try:
                with under_a_clock():
                    pattern.search(text)
            except TooLongError:
                slow.append((source[:200], text[:2]))
    assert slow == []
