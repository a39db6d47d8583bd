"""Benchmarks side by side: each round runs every candidate once, so that they share the weather.

A benchmark is a function without arguments in `bench/bench_*.py` that returns candidates by name;
the first is what the others are compared with.
"""

from __future__ import annotations

import gc
import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

Candidates = Mapping[str, Callable[[], object]]
ROUNDS = (5, 200)  # at least, at most
SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each round of one candidate, and of the first candidate in the same rounds."""

    name: str
    seconds: tuple[float, ...]
    first: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times as long as the first: the median over the rounds."""
        pairs = zip(self.seconds, self.first, strict=True)
        return median(mine / first for mine, first in pairs)

    @property
    def p95(self) -> float:
        """Nineteen of twenty rounds took no longer, in seconds."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]


def measure(candidates: Candidates, seconds: float = SECONDS) -> list[Timing]:
    """Run all candidates in turn until `seconds` have gone, after one round that warms up."""
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    names = list(candidates)
    for name in names:
        candidates[name]()
    least, most = ROUNDS
    begun = perf_counter()
    for done in range(most):
        if done >= least and perf_counter() - begun > seconds:
            break
        for name in names if done % 2 else reversed(names):  # nobody always goes first
            taken[name].append(_once(candidates[name]))
    first = tuple(taken[names[0]])
    return [Timing(name, tuple(taken[name]), first) for name in names]


def _once(run: Callable[[], object]) -> float:
    gc.collect()
    begun = perf_counter()
    run()
    return perf_counter() - begun


def machine() -> str:
    """The machine in words: figures mean nothing without it."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    cores = len(os.sched_getaffinity(0))
    memory = pages * size / 1e9
    return f"{cores} cores, {memory:.0f} GB, Python {platform.python_version()}, {_processor()}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text().splitlines() if described.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())


def table(timings: list[Timing]) -> str:
    """Milliseconds: least, median, of 95 in 100, most; and the ratio to the first."""
    width = max(len(timing.name) for timing in timings)
    head = f"  {'':{width}}  {'min':>9} {'median':>9} {'p95':>9} {'max':>9} ms   ratio  rounds"
    rows = (
        f"  {t.name:{width}}  {min(t.seconds) * 1e3:9.2f} {median(t.seconds) * 1e3:9.2f} "
        f"{t.p95 * 1e3:9.2f} {max(t.seconds) * 1e3:9.2f}    {t.ratio:6.2f}  {len(t.seconds):6}"
        for t in timings
    )
    return "\n".join((head, *rows))
