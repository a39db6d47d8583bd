"""How much memory something takes at its height, whatever it gives back afterwards."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from pathlib import Path

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
MEGABYTE = 1024 * 1024
LIBC = ctypes.CDLL(None)


def _kilobytes(name: str) -> int:
    line = next(each for each in STATUS.read_text().splitlines() if each.startswith(name))
    return int(line.split()[1])


def height(act: Callable[[], object]) -> float:
    """Megabytes that this process held more than before, at most, while it did `act`."""
    gc.collect()
    LIBC.malloc_trim(0)  # or what was freed before would hide what is taken now
    RESET.write_text("5")  # from here on the kernel counts the greatest anew
    before = _kilobytes("VmRSS")
    act()
    return max(_kilobytes("VmHWM") - before, 0) / 1024
