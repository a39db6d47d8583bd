"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.adapters.files import keep, kept, write_whole


def test_a_file_is_kept_and_found(tmp_path: Path) -> None:
    folder = tmp_path / "exports" / "drafts"
    assert kept(folder, "a") is None
    keep(folder, "a", b"whole")
    keep(folder, "a", b"whole")
    assert kept(folder, "a") == b"whole"
    assert [each.name for each in folder.iterdir()] == ["a"]


def test_what_could_not_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "draft.docx"
    write_whole(file, b"before")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, b"after")
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]
