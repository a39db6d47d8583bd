"""A backup: database, files and keys in one archive, each under the digest of its bytes.

The database is taken first: files are written before the rows that name them and are never
changed, so every file that the database knows is in the archive.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from portal.adapters import dumps
from portal.adapters.files import sync_file, sync_folder
from portal.domain.errors import DomainError

FORMAT = "radd-backup-1"
MANIFEST, DATABASE, DATA = "manifest.json", "database", "data"
# Made again when they are asked for, or of this machine alone.
LEFT_OUT = frozenset({"pages", "exports", "mail", "queue.db", "queue.db-wal", "queue.db-shm"})
LEFT_OUT |= frozenset({"radd.db", "radd.db-wal", "radd.db-shm"})


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself. `members` are the digests by name, `size` in bytes."""

    at: str
    database: str
    schema: str
    members: dict[str, str]
    size: int

    @property
    def files(self) -> int:
        return sum(name.startswith(f"{DATA}/") for name in self.members)


def create(data: Path, url: str, schema: str, now: datetime, target: Path) -> Backup:
    """Write the backup `target`, readable by its owner alone; whole or not at all.

    Raises `backup_exists`, and what `dumps.dump` raises.
    """
    if target.exists():
        raise DomainError("backup_exists", file=str(target))
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".radd-backup-") as folder:
        dumped, archive = Path(folder) / DATABASE, Path(folder) / "archive"
        dumps.dump(url, dumped)
        archive.touch(mode=0o600)
        members: dict[str, str] = {}
        with tarfile.open(archive, "w:gz", compresslevel=5) as tar:
            members[DATABASE] = _add(tar, dumped, DATABASE)
            for path, name in _files(data):
                # A file that was never sent with its comment may be swept meanwhile.
                with suppress(FileNotFoundError):
                    members[name] = _add(tar, path, name)
            about = {
                "format": FORMAT,
                "at": now.isoformat(),
                "database": dumps.kind_of(url),
                "schema": schema,
                "members": members,
            }
            _add_bytes(tar, json.dumps(about, indent=1).encode(), MANIFEST)
        size = _to_disk(archive)
        archive.replace(target)
    sync_folder(target.parent)
    return Backup(now.isoformat(), dumps.kind_of(url), schema, members, size)


def unpack(source: Path, folder: Path) -> Backup:
    """Unpack a backup into the empty `folder`, every byte checked, nothing outside of it written.

    Raises `backup_unreadable`, `backup_damaged` naming the member.
    """
    found: dict[str, str] = {}
    try:
        with tarfile.open(source, "r:gz") as tar:
            for member in tar:
                found[member.name] = _unpack_one(tar, member, folder)
        about = json.loads((folder / MANIFEST).read_bytes())
        backup = _read(about, source)
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise DomainError("backup_unreadable", reason=str(error)[:200]) from error
    found.pop(MANIFEST)
    for name in sorted(found.keys() | backup.members.keys()):
        if found.get(name) != backup.members.get(name):
            raise DomainError("backup_damaged", member=name)
    return backup


def occupied(data: Path) -> list[str]:
    """Names in the data folder that a restored backup would meet."""
    return sorted({name.split("/")[1] for _path, name in _files(data)})


def settle(unpacked: Path, data: Path) -> None:
    """Move the unpacked files into the data folder."""
    data.mkdir(parents=True, exist_ok=True)
    source = unpacked / DATA
    for entry in sorted(source.iterdir()) if source.exists() else ():
        shutil.move(entry, data / entry.name)
    sync_folder(data)


def _files(data: Path) -> Iterator[tuple[Path, str]]:
    for entry in sorted(data.iterdir()) if data.exists() else ():
        if entry.name in LEFT_OUT or entry.name.startswith("."):
            continue
        for path in sorted(entry.rglob("*")) if entry.is_dir() else (entry,):
            # A name with a dot before it is a file that is still being written.
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield path, f"{DATA}/{path.relative_to(data).as_posix()}"


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        tar.addfile(_about(name, path.stat().st_size), file)
    return digest


def _add_bytes(tar: tarfile.TarFile, data: bytes, name: str) -> None:
    tar.addfile(_about(name, len(data)), BytesIO(data))


def _about(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _to_disk(path: Path) -> int:
    with path.open("rb+") as file:
        sync_file(file)
    return path.stat().st_size


def _unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    name = PurePosixPath(member.name)
    if not member.isreg() or name.is_absolute() or ".." in name.parts:
        raise ValueError(f"{member.name} is no file of a backup")
    source = tar.extractfile(member)
    if source is None:
        raise ValueError(f"{member.name} cannot be read")
    target = folder.joinpath(*name.parts)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.touch(mode=0o600, exist_ok=False)
    with source, target.open("rb+") as file:
        shutil.copyfileobj(source, file)
        sync_file(file)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(about: Any, source: Path) -> Backup:
    if about["format"] != FORMAT:
        raise ValueError(f"its format is {about['format']!r}")
    members = {str(name): str(digest) for name, digest in about["members"].items()}
    if DATABASE not in members:
        raise ValueError("it holds no database")
    return Backup(
        at=str(about["at"]),
        database=str(about["database"]),
        schema=str(about["schema"]),
        members=members,
        size=source.stat().st_size,
    )
