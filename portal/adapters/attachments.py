"""Files sent with comments, outside everything that is served, under names that nobody can guess.

What people called them is never used here. Each is readable by its owner alone.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from portal.adapters.originals import write_private

FOLDER = "attachments"
_DAY = 24 * 60 * 60


def keep(data_folder: Path, data: bytes) -> str:
    """Keep a file, safe on the disk before this returns; gives its name there."""
    name = secrets.token_hex(32)
    write_private(_place(data_folder, name), data)
    return name


def load(data_folder: Path, name: str, sha256: str) -> bytes:
    """The bytes kept under a name. Raises OSError where they are gone or are not those any more."""
    data = _place(data_folder, name).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise OSError(f"the attachment {name} is damaged")
    return data


def forget(data_folder: Path, names: Iterable[str]) -> None:
    """Delete what nothing speaks of any more."""
    for name in names:
        _place(data_folder, name).unlink(missing_ok=True)


def left_over(data_folder: Path, turn: int, known: Callable[[list[str]], set[str]]) -> None:
    """Delete what a process that was killed left behind: older than a day, and `known` to nobody.

    `turn` is any whole number; each looks into one of 256 folders.
    """
    folder = data_folder / FOLDER / f"{turn % 256:02x}"
    old = time.time() - _DAY
    names = [each.name for each in folder.glob("*") if each.stat().st_mtime < old]
    for name in {*names} - known(names) if names else ():
        (folder / name).unlink(missing_ok=True)


def _place(data_folder: Path, name: str) -> Path:
    return data_folder / FOLDER / name[:2] / name
