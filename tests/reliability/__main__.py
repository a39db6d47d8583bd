"""`python -m tests.reliability --kills 200`: the long form, on both databases."""

from __future__ import annotations

import argparse
import sys

from tests.reliability.harness import run


def main() -> None:
    """Print what was killed, acknowledged and found; leave with status 1 if anything is wrong."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=200, help="for each database")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--away", type=float, default=30, help="seconds without a database, at last")
    words.add_argument("--database", choices=["sqlite", "postgresql"], default=None)
    asked = words.parse_args()
    wrong = 0
    for database in (asked.database,) if asked.database else ("sqlite", "postgresql"):
        on_postgresql = database == "postgresql"
        counted = run(
            on_postgresql=on_postgresql, kills=asked.kills, seed=asked.seed, away=asked.away
        )
        sys.stdout.write(f"{database}: {counted}\n")
        sys.stdout.write("".join(f"WRONG: {each}\n" for each in counted.wrong))
        sys.stdout.flush()
        wrong += len(counted.wrong)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
