"""What the portal has of a person as one archive: JSON, and their files as they are kept."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any


def archive(submissions: list[dict[str, Any]], files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP with `data.json` and the files, each under its name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        words = json.dumps({"submissions": submissions}, ensure_ascii=False, indent=1)
        packed.writestr("data.json", words)
        for name, data in files:
            packed.writestr(name, data)
    return made.getvalue()
