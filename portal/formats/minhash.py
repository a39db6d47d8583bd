"""Signatures of texts by rensa's MinHash: the same on every machine, for as long as its version.

`SEED`, `PLACES` and `ROWS` are part of what is stored in `comment_band`: who changes one looks
all comments over again.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable

from rensa import RMinHash

from portal.domain.near import FEWEST, pairs

SEED = 11
ROWS = 2
BANDS = 32
PLACES = ROWS * BANDS


def signatures(texts: Iterable[list[str]]) -> list[array[int]]:
    """A signature of `PLACES` numbers for the words of each text; empty for one that is short."""
    tokens = [pairs(words) if len(words) >= FEWEST else [] for words in texts]
    digests = RMinHash.digests_from_token_sets(tokens, num_perm=PLACES, seed=SEED)
    return [
        array("I", digest if token else ()) for token, digest in zip(tokens, digests, strict=True)
    ]


def band_keys(words: list[str]) -> list[int]:
    """What a text is looked up by: a number a band, or one for the whole of a short text.

    Each has 63 bits, the place of the band among them, so that one index answers for all.
    """
    if len(words) < FEWEST:
        return [_number(" ".join(words).encode())] if words else []
    # By itself a text needs none of the threads that the library has for many.
    sketch = RMinHash(num_perm=PLACES, seed=SEED)
    sketch.update(pairs(words))
    data = array("I", sketch.digest()).tobytes()
    size = len(data) // BANDS
    return [
        _number(bytes((band,)) + data[band * size : (band + 1) * size]) for band in range(BANDS)
    ]


def _number(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest()) >> 1
