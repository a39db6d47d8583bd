"""The files of this repository, as the tests of conventions read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from config import ROOT

FOLDERS = ("portal", "templates", "translations", "migrations", "tests", "bench", "docs", ".ci")


def files(*suffixes: str, under: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Every file with one of the suffixes, those beside the folders too; nothing generated."""
    here = list(ROOT.iterdir()) if under == FOLDERS else []
    inside = (file for folder in under for file in (ROOT / folder).rglob("*"))
    return sorted(
        file
        for file in (*here, *inside)
        if file.is_file() and file.suffix in suffixes and "__pycache__" not in file.parts
    )


def name(file: Path) -> str:
    """The path as a person reads it."""
    return str(file.relative_to(ROOT))


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def imports(file: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of each import; the name is empty for `import module`."""
    for node in ast.walk(ast.parse(read(file))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)
