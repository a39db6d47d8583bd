"""Which way a text runs: from the right where most of its letters are Arabic."""

from __future__ import annotations

import re

_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_OTHER = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")


def runs_from_right(text: str, *, otherwise: bool) -> bool:
    """Does `text` run from right to left? `otherwise` where it has no letters (figures, links)."""
    arabic, other = len(_ARABIC.findall(text)), len(_OTHER.findall(text))
    return arabic >= other if arabic or other else otherwise
