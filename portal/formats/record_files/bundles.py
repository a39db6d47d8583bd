"""A bundle: everything by which an edition can be checked without the portal, as plain files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.formats.canonical import canonical
from portal.formats.record_files.program import page, program, readme
from portal.formats.record_files.receipts import in_one_form


@dataclass(frozen=True, slots=True)
class Parts:
    """What a bundle is made of. `openings` and `comments` are plain JSON, a line each; `rows` the
    cells of the edition; `stamps` are time stamps by the size of their checkpoint."""

    slug: str
    edition: int
    keys: tuple[str, ...]
    notes: list[str]
    leaves: Iterable[str]
    openings: Iterable[dict[str, Any]]
    rows: Iterable[dict[str, Any]]
    comments: Iterable[dict[str, Any]]
    stamps: dict[int, bytes]


def bundle_file(data: Path, slug: str, number: int) -> Path:
    """Where the bundle of an edition lies, once it is made; it may be deleted at any time."""
    return data / "exports" / "record" / f"{slug}-edition-{number}-record.zip"


def write_bundle(folder: Path, parts: Parts) -> None:
    """Write the files of a bundle into a folder, which is made. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {"format": "radd-bundle-1", "consultation": parts.slug, "edition": parts.edition}
    for name, content in (
        ("bundle.json", about),
        ("keys.json", list(parts.keys)),
        ("checkpoints.json", parts.notes),
    ):
        (folder / name).write_bytes(in_one_form(content))
    _lines(folder / "leaves.jsonl", (leaf.encode() for leaf in parts.leaves))
    _lines(folder / "openings.jsonl", map(canonical, parts.openings))
    _lines(folder / "comments.jsonl", map(canonical, parts.comments))
    with (folder / "matrix.json").open("wb") as file:
        for piece in _listed(parts.rows):
            file.write(piece)
    for size, token in parts.stamps.items():
        (folder / f"stamp-{size}.tsr").write_bytes(token)
    (folder / "verify.py").write_text(program(), encoding="utf-8")
    (folder / "verify.html").write_text(page(), encoding="utf-8")
    (folder / "README.txt").write_text(readme(parts.slug, parts.edition), encoding="utf-8")


def zipped(folder: Path, target: Path, name: str) -> None:
    """The files of a bundle in one archive, inside a folder of that name."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{name}/{file.name}")


def _lines(file: Path, lines: Iterable[bytes]) -> None:
    with file.open("wb") as opened:
        for line in lines:
            opened.write(line + b"\n")


def _listed(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The canonical JSON of the list of rows, a row at a time."""
    before = b"["
    for row in rows:
        yield before + canonical(row)
        before = b","
    yield b"[]" if before == b"[" else b"]"
