"""`cluster`: the groups of many texts, exact copies first, then near ones."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache

from portal.domain.clustering import Clusters, link_by_bands
from portal.domain.near import features, plain_words
from portal.formats.minhash import signatures

CHUNK = 1_000
LATELY = 4_096


def cluster(texts: Sequence[str]) -> list[list[int]]:
    """Groups of two and more as positions in `texts`; 100,000 texts in seconds."""
    first: dict[int | str, int] = {}
    # A text that shares a band with several is compared with each in turn.
    features_of = lru_cache(LATELY)(lambda at: features(plain_words(texts[at])))
    clusters = Clusters(len(texts), features_of)
    found: list[array[int]] = []
    for begin in range(0, len(texts), CHUNK):
        chunk = [plain_words(text) for text in texts[begin : begin + CHUNK]]
        for at, words in enumerate(chunk, start=begin):
            said = " ".join(words)
            earlier = first.setdefault(said, at) if said else at
            if earlier != at:
                clusters.join(earlier, at)
                words.clear()  # its first copy stands for it
        found += signatures(chunk)
    link_by_bands(clusters, found)
    return clusters.groups()
