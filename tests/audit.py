"""`python -m tests.audit`: known faults of what is served, or why that could not be looked up."""

from __future__ import annotations

import subprocess
import sys

from config import ROOT

SECONDS = 60
COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"),
    *("--progress-spinner", "off", "--timeout", "5", "-r", "requirements.lock"),
)
FAULTS = "known vulnerabilit"


def verdict(returned: int, told: str) -> tuple[int, str]:
    """Status and words: only faults that were found fail; data that is away is no fault."""
    if returned == 0:
        return 0, "audit: no known faults in requirements.lock"
    if FAULTS in told:
        return 1, told.strip()
    lines = told.strip().splitlines() or ["no answer"]
    return 0, f"audit skipped: {lines[-1][:300]}"


def main() -> int:
    try:
        ran = subprocess.run(
            COMMAND, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        status, words = 0, f"audit skipped: no answer within {SECONDS} s"
    else:
        status, words = verdict(ran.returncode, ran.stdout + ran.stderr)
    sys.stdout.write(f"{words}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
