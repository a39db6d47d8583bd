"""`python -m portal.formats.typst_child`: one PDF made in a process that ends with its memory.

Thousands of rows take gigabytes while they are set; a server that set them itself would keep them.
Standard input is one JSON object: `template`, `fonts` and `target` are paths, `data` a text that
the template reads, `standard` and `moment` (ISO 8601) go into the file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

WAITING = 600  # seconds; 5,000 rows take twenty


class NotSet(Exception):  # noqa: N818 (it says what happened)
    """The page could not be set; the text is what the process said of it."""


def compile_apart(asked: dict[str, Any]) -> None:
    """Ask a process of its own for the PDF. Raises `NotSet`, and `TimeoutExpired` if it hangs."""
    ran = subprocess.run(
        [sys.executable, "-m", "portal.formats.typst_child"],
        cwd=Path(__file__).parents[2],
        input=json.dumps(asked, ensure_ascii=False).encode(),
        check=False,
        capture_output=True,
        timeout=WAITING,
    )
    if ran.returncode:
        raise NotSet(f"status {ran.returncode}: {ran.stderr.decode(errors='replace')[-2000:]}")


def main() -> None:
    asked = json.loads(sys.stdin.buffer.read())
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["fonts"]
    )
    compiler = typst.Compiler(
        Path(asked["template"]).read_bytes(), font_paths=fonts, sys_inputs={"data": asked["data"]}
    )
    compiler.compile(
        output=asked["target"],
        format="pdf",
        pdf_standards=asked["standard"],
        timestamp=datetime.fromisoformat(asked["moment"]),
    )


if __name__ == "__main__":
    main()
