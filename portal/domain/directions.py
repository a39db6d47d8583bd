"""Which way a text runs: from the right where it is Arabic."""

from __future__ import annotations

import re

_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_OTHER = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")


def runs_from_right(text: str, *, otherwise: bool) -> bool:
    """Of what a person wrote: are most of its letters Arabic?

    `otherwise` where it has no letters (figures).
    """
    arabic, other = len(_ARABIC.findall(text)), len(_OTHER.findall(text))
    return arabic >= other if arabic or other else otherwise


def label_from_right(text: str, *, page: bool) -> bool:
    """Of a label, which may say the same in two languages: as the page runs, if it can.

    `page`: does the page run from the right?
    """
    own, foreign = (_ARABIC, _OTHER) if page else (_OTHER, _ARABIC)
    return not page if foreign.search(text) and not own.search(text) else page
