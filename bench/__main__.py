"""`python -m bench [WORD…]`: run every benchmark, or those whose name has one of the words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path

from bench.harness import Candidates, machine, measure, table


def benchmarks(words: list[str]) -> Iterator[tuple[str, Callable[[], Candidates]]]:
    """The functions of `bench_*.py`, by name."""
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        module = import_module(f"bench.{file.stem}")
        for name, function in getmembers(module, isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            full = f"{file.stem.removeprefix('bench_')}.{name}"
            if own and (not words or any(word in full for word in words)):
                yield full, function


def main() -> None:
    sys.stdout.write(f"{machine()}\n")
    for name, benchmark in benchmarks(sys.argv[1:]):
        sys.stdout.write(f"\n{name}: {' '.join((benchmark.__doc__ or '').split())}\n")
        candidates = benchmark()
        if candidates:
            sys.stdout.write(table(measure(candidates)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
