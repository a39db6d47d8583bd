"""Files kept as they came, or as they were made, under the SHA-256 of their bytes.

Of what drafts were read from nothing is served to the public; staff see pages of a PDF as
pictures. Files of a published edition are served as they were made when it was published.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from portal.adapters.files import sync_file, sync_folder

FOLDER, PICTURES = "files", "pages"


def keep(data_folder: Path, data: bytes) -> str:
    """Keep a file, readable by its owner alone; gives its SHA-256. Whole or not at all."""
    name = hashlib.sha256(data).hexdigest()
    target = _place(data_folder, name)
    if not target.exists():
        write_private(target, data)
    return name


def load(data_folder: Path, name: str) -> bytes:
    """The bytes of the file of that SHA-256. Raises OSError where it is not there or not whole."""
    data = _place(data_folder, name).read_bytes()
    if hashlib.sha256(data).hexdigest() != name:
        raise OSError(f"the file {name} is damaged")
    return data


def place_of(data_folder: Path, name: str) -> Path:
    """Where the file of that SHA-256 lies, to be sent without being read whole."""
    return _place(data_folder, name)


def picture(data_folder: Path, name: str, page: int) -> bytes | None:
    """The picture made of a page of that file before, if one was."""
    target = data_folder / PICTURES / name / f"{page}.png"
    return target.read_bytes() if target.exists() else None


def keep_picture(data_folder: Path, name: str, page: int, picture: bytes) -> None:
    """Keep a picture of a page; it can be made again, so it may be deleted at any time."""
    write_private(data_folder / PICTURES / name / f"{page}.png", picture)


def _place(data_folder: Path, name: str) -> Path:
    return data_folder / FOLDER / name[:2] / name


def write_private(target: Path, data: bytes) -> None:
    """Write a file for its owner's eyes alone, whole or not at all, safe on the disk at the end."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            sync_file(file)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
