"""Comments on chosen words, carried from a version to the next."""

from __future__ import annotations

from functools import partial
from random import Random

from bench.bench_drafts import BYLAW
from bench.harness import Candidates
from portal.domain.anchor_carrying import Anchor, Pairs, carry
from portal.domain.anchor_words import Words
from portal.domain.anchors import selected
from portal.domain.reading import Provision, Reading, read
from portal.domain.text import words

WORDS = sorted(set(words(BYLAW)))
ARTICLES, ARTICLE, ANCHORS = 150, 400, 10_000  # 60,000 words
Texts = list[list[str]]


def _texts(times: int) -> tuple[Texts, Texts]:
    """A draft of `times` the articles, and its next version: one word in fifty is another."""
    luck = Random(5)  # noqa: S311 (the same draft every time)
    old = [luck.choices(WORDS, k=ARTICLE) for _ in range(ARTICLES * times)]
    new = [[luck.choice(WORDS) if luck.random() < 0.02 else w for w in each] for each in old]
    return old, new


def _read(texts: Texts, skip: int = 0) -> Reading:
    return read(
        Provision(f"art_{number + skip}", 0, "", " ".join(each))
        for number, each in enumerate(texts, start=1)
    )


def _anchors(reading: Reading, times: int) -> list[Anchor]:
    luck = Random(7)  # noqa: S311
    found = []
    texts = {eid: Words(reading.words(eid)) for eid in reading.spans}
    for eid in luck.choices(sorted(texts), k=ANCHORS * times):
        text = texts[eid]
        start = luck.randrange(len(text.text) - 60)
        at = text.widen(start, start + luck.randint(2, 60))
        assert at is not None
        found.append(Anchor(eid, at, selected(text.text, at).quote))
    return found


def carrying() -> Candidates:
    """Anchors carried to a version whose articles are numbered anew; a tenth of them matched to
    none, so that their words are looked for in the whole text."""
    cases = {}
    for times in (1, 4, 16):
        one, two = _texts(times)
        old, new = _read(one), _read(two, skip=1)
        pairs: Pairs = {
            f"art_{n}": (f"art_{n + 1}",) for n in range(1, ARTICLES * times + 1) if n % 10
        }
        made = _anchors(old, times)
        name = f"{ANCHORS * times:,} anchors, {ARTICLES * times:,} articles"
        cases[name] = partial(carry, made, old, new, pairs)
    return cases
