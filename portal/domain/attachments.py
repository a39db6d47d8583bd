"""Files sent with comments: what is taken, how much of it, and when one may leave the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any, NamedTuple

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.text import keepable, undeceived

MEGABYTE = 1024 * 1024
MAX_FILES = 5  # of one submission
MAX_BYTES = 10 * MEGABYTE
# Three bytes a pixel and a copy while it is turned: what the process that reads it can hold.
MAX_PIXELS = 40_000_000
NAME_LIMIT = 200
HELD_HOURS = 24  # a file that was chosen, and whose comment was not sent
MAX_HELD = 2_048 * MEGABYTE  # bytes of all such files together


class FileKind(StrEnum):
    """What is taken, found from the content alone."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"


IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
}
# The first is the one that a download gets.
SUFFIXES: dict[FileKind, tuple[str, ...]] = {
    FileKind.PDF: (".pdf",),
    FileKind.DOCX: (".docx",),
    FileKind.ODT: (".odt",),
    FileKind.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    FileKind.PNG: (".png",),
    FileKind.WEBP: (".webp",),
}
_KIND_OF = {suffix: kind for kind, known in SUFFIXES.items() for suffix in known}


class Standing(StrEnum):
    """What a moderator said of a file. `HELD`: nothing yet, and it is not shown."""

    HELD = "held"
    SHOWN = "shown"
    WITHHELD = "withheld"


class Scan(StrEnum):
    """What the virus scanner said. `UNSCANNED`: it was not asked, or has not answered yet."""

    UNSCANNED = "unscanned"
    CLEAN = "clean"
    INFECTED = "infected"


def count_files(shown: int, grounds: Iterable[str], others: int = 0) -> dict[str, Any]:
    """How many files everybody may have, how many were withheld by ground, how many others (held
    back, taken back, of words that are not public) nobody is shown; what is none is left out."""
    withheld = dict(sorted(Counter(grounds).items()))
    said = {"shown": shown, "withheld": withheld, "not_shown": others}
    return {name: value for name, value in said.items() if value}


class FileWord(NamedTuple):
    """A moderator's word on a file of the comment: shown, or withheld on a ground."""

    file_id: int
    ground: Ground | None

    @property
    def standing(self) -> Standing:
        return Standing.WITHHELD if self.ground else Standing.SHOWN


@dataclass(frozen=True, slots=True)
class FileState:
    """What a word on a file has to fit."""

    id: int
    standing: Standing
    scan: Scan
    withdrawn: bool = False


def may_leave(scan: Scan, *, scanner: bool) -> bool:
    """Whether a file is given to anybody: where there is a scanner, not before it said so."""
    return scan is Scan.CLEAN or (scan is Scan.UNSCANNED and not scanner)


def check_words_on_files(said: tuple[FileWord, ...], files: tuple[FileState, ...]) -> None:
    """Words are on files of this comment, one each, and show nothing infected or taken back.

    Raises `file_not_of_comment`, `file_infected`, `file_taken_back`.
    """
    known = {each.id: each for each in files}
    if len({word.file_id for word in said}) < len(said):
        raise DomainError("file_not_of_comment", field="files")
    for word in said:
        file = known.get(word.file_id)
        if file is None:
            raise DomainError("file_not_of_comment", field="files")
        if word.standing is Standing.SHOWN and file.withdrawn:
            raise DomainError("file_taken_back", field="files")
        if word.standing is Standing.SHOWN and file.scan is Scan.INFECTED:
            raise DomainError("file_infected", field="files")


def hides(said: tuple[FileWord, ...], files: tuple[FileState, ...]) -> bool:
    """Whether something that is shown would be so no longer."""
    shown = {word.file_id for word in said if word.standing is Standing.SHOWN}
    return any(each.standing is Standing.SHOWN and each.id not in shown for each in files)


def check_size(size: int) -> None:
    """Raise `attachment_empty` or `attachment_large` (`maximum` in MB)."""
    if not size:
        raise DomainError("attachment_empty")
    if size > MAX_BYTES:
        raise DomainError("attachment_large", maximum=MAX_BYTES // MEGABYTE)


def check_suffix(name: str, found: FileKind) -> None:
    """A name that says another kind than the content is refused: `attachment_mislabelled`."""
    suffix = PurePath(name).suffix.lower()
    if _KIND_OF.get(suffix, found) is not found:
        raise DomainError("attachment_mislabelled", named=suffix, found=found)


def shown_name(typed: str) -> str:
    """The name of a file as its sender gave it, without folders; never used on a disk.

    Characters that nobody sees stay: whoever shows the name shows them by their codes.
    """
    own = keepable(" ".join(PurePath(typed.replace("\\", "/")).name.split()))
    if len(own) > NAME_LIMIT:
        suffix = PurePath(own).suffix[:20]
        own = own[: NAME_LIMIT - len(suffix)] + suffix
    return own or "?"


def download_name(name: str, kind: FileKind) -> str:
    """The name that a browser is told: the kind's own suffix, nothing hidden, no path."""
    plain = "".join(char if char.isprintable() else "_" for char in undeceived(name))
    plain = plain.translate(dict.fromkeys(map(ord, '/\\:*?"<>|'), "_")).strip(" .") or "file"
    if PurePath(plain).suffix.lower() in SUFFIXES[kind]:
        return plain
    return plain + SUFFIXES[kind][0]
