"""Zip packages (DOCX and its like) opened without trusting what they say of themselves."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from portal.domain.errors import DomainError

MAX_MEMBERS = 5_000
MAX_MEMBER = 100 * 1024 * 1024  # bytes of one part, unpacked
MAX_UNPACKED = 400 * 1024 * 1024  # bytes of all parts, as the package states them
MAX_RATIO = 200  # XML of real documents packs 5 to 40 times
_SMALL = 4 * 1024 * 1024  # no bomb, whatever its ratio
_ENCRYPTED = 0x1
_TAIL = b"PK\x05\x06"


class Package:
    """Parts by name. Raises `file_cut_off`, `zip_bomb`, `file_encrypted` or `file_unreadable`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError) as error:
            code = "file_unreadable" if _TAIL in data[-70_000:] else "file_cut_off"
            raise DomainError(code, field="file") from error
        self._members = {member.filename: member for member in self._zip.infolist()}
        _refuse_bomb(self._zip.infolist())

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._members)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none by that name."""
        member = self._members.get(name)
        if member is None:
            return None
        if member.flag_bits & _ENCRYPTED:
            raise DomainError("file_encrypted", field="file")
        try:
            with self._zip.open(member) as part:
                content = part.read(MAX_MEMBER + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise DomainError("file_unreadable", field="file") from error
        if len(content) > MAX_MEMBER:
            raise DomainError("zip_bomb", field="file", maximum=MAX_MEMBER // 1024**2)
        return content


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    bombs = (
        member.file_size > MAX_MEMBER
        or (member.file_size > _SMALL and member.file_size > MAX_RATIO * member.compress_size)
        for member in members
    )
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or any(bombs):
        raise DomainError("zip_bomb", field="file", maximum=MAX_UNPACKED // 1024**2)
