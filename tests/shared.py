"""The real input that lies beside a checkout, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
DRAFT_LAW = SHARED / "data" / "personal-data-protection-draft-2022.md"
WORKSHOP_REPORT = SHARED / "seed" / "workshop-report.txt"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the real input is not here: no folder {SHARED.name}/ beside it"
)
