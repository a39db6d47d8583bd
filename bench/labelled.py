"""How well the hints do on the labelled file: `python -m bench.labelled`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from config import ROOT
from portal.formats.hints.insults import ready, starter
from portal.formats.hints.reading import hints_in

FILE = ROOT / "tests" / "data" / "hints.jsonl"
Mark = tuple[str, str, int, int]  # id of the text, kind, start, end


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind: how many there are, were said, and were said rightly (the same span)."""

    there: int
    said: int
    right: int

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0


def marks(file: Path = FILE) -> tuple[set[Mark], set[Mark]]:
    """What is labelled, and what the finders say."""
    listed = ready(starter())
    labelled: set[Mark] = set()
    found: set[Mark] = set()
    for line in file.read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        labelled |= {(each["id"], h["kind"], h["start"], h["end"]) for h in each["hints"]}
        found |= {
            (each["id"], hint.kind.value, hint.start, hint.end)
            for hint in hints_in(each["text"], listed)
        }
    return labelled, found


def scores() -> dict[str, Score]:
    """By kind."""
    labelled, found = marks()
    there, said, right = (
        Counter(kind for _id, kind, _start, _end in each)
        for each in (labelled, found, labelled & found)
    )
    return {kind: Score(there[kind], said[kind], right[kind]) for kind in sorted(there | said)}


def main() -> None:
    for kind, score in scores().items():
        sys.stdout.write(
            f"{kind:16} {score.there:4} labelled  {score.said:4} said  "
            f"recall {score.recall:.3f}  precision {score.precision:.3f}\n"
        )


if __name__ == "__main__":
    main()
