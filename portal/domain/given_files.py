"""Files that staff give to be read: how large they may be, and by which name they are shown."""

from __future__ import annotations

from pathlib import PurePath

from portal.domain.drafts import MAX_FILE
from portal.domain.errors import DomainError


def check_size(size: int) -> None:
    """`size` in bytes. Raises `file_holds_nothing` or `file_too_large` (field `file`)."""
    if not size:
        raise DomainError("file_holds_nothing", field="file")
    if size > MAX_FILE:
        raise DomainError("file_too_large", field="file", maximum=MAX_FILE // 1024**2)


def shown_name(name: str) -> str:
    """The file's own name, without folders and without characters that nobody sees."""
    own = PurePath(name.replace("\\", "/")).name
    return "".join(char for char in own if char.isprintable())[-255:] or "?"
