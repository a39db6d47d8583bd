"""Files on the disk: written whole or not at all, and kept under names that say their content."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees a part of it, and that it outlives a power cut.

    A file of that name is replaced. Raises OSError, and then leaves what was there.
    """
    with writing_whole(path) as written:
        written.write_bytes(data)


@contextmanager
def writing_whole(path: Path) -> Iterator[Path]:
    """A path to write to; what was written there takes the place of `path` when all is done."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    os.close(handle)
    written = Path(name)
    try:
        yield written
        with written.open("rb") as file:
            sync_file(file)
        written.chmod(0o644)
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_file(file: IO[bytes]) -> None:
    """Wait until what was written to an open file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def kept(folder: Path, name: str) -> bytes | None:
    """What was kept under `name`, or None."""
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        return None


def keep(folder: Path, name: str, data: bytes) -> None:
    """Keep `data` under a name that says its content: who comes second writes the same."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / name, data)
