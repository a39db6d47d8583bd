"""Python's collector of cycles at rest, while very many objects are made that all stay in use."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """For a second or so: else it walks over all that was made again and again, and finds nothing.

    More than half of the time of a check of a hundred thousand rows (docs/performance.md).
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
