"""docs/operators.md tells the limits as they are."""

from __future__ import annotations

import importlib
import re

from config import ROOT
from portal.domain.limits import MEGABYTE
from tests.architecture.tree import read

ROW = re.compile(r"^\| [^|]+ \| ([\d,]+)( MB)? \| `(portal[\w.]+)\.([A-Z_]+)` \|$", re.MULTILINE)


def test_every_limit_is_told_as_it_is() -> None:
    rows = ROW.findall(read(ROOT / "docs" / "operators.md"))
    assert len(rows) > 30
    for figure, megabytes, module, name in rows:
        told = int(figure.replace(",", "")) * (MEGABYTE if megabytes else 1)
        assert getattr(importlib.import_module(module), name) == told, name
