"""Names of files, which people type, and when a file may leave the house."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.attachments import (
    NAME_LIMIT,
    SUFFIXES,
    FileKind,
    FileState,
    FileWord,
    Scan,
    Standing,
    download_name,
    hides,
    may_leave,
    shown_name,
)
from portal.domain.grounds import Ground
from portal.domain.text import deceptive
from portal.web.attachments import disposition

names = st.text(st.characters(exclude_categories=()), max_size=400) | st.from_regex(
    r"[./\\]{0,3}\w{0,5}\x00*\.(pdf|PDF|exe|docx)", fullmatch=True
)


@given(names, st.sampled_from(FileKind))
def test_no_name_can_do_anything_but_be_read(typed: str, kind: FileKind) -> None:
    shown = shown_name(typed)
    assert 0 < len(shown) <= NAME_LIMIT
    assert not {"/", "\0"} & {*shown}
    told = download_name(shown, kind)
    assert told.lower().endswith(SUFFIXES[kind])
    assert not deceptive(told)
    assert not {*'/\\:*?"<>|'} & {*told}
    assert told.isprintable()
    header = disposition(told)
    found = re.fullmatch(r"attachment; filename=\"[\w\- ]+\.\w+\"; filename\*=UTF-8''(\S+)", header)
    assert found is not None
    assert header.isascii()
    assert unquote(found[1]) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("../../etc/مذكرة.pdf", "مذكرة.pdf"),
        ("C:\\Users\\Sami\\a.PDF", "a.PDF"),
        ("report.exe", "report.exe.pdf"),
        ("...", "file.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.U+202Eexe.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("", "_.pdf"),
    ],
)
def test_what_a_browser_is_told(typed: str, told: str) -> None:
    assert download_name(shown_name(typed), FileKind.PDF) == told


@pytest.mark.parametrize(
    ("scan", "scanner", "leaves"),
    [
        (Scan.UNSCANNED, False, True),
        (Scan.UNSCANNED, True, False),
        (Scan.CLEAN, True, True),
        (Scan.CLEAN, False, True),
        (Scan.INFECTED, True, False),
        (Scan.INFECTED, False, False),
    ],
)
def test_what_leaves_the_house(scan: Scan, scanner: bool, leaves: bool) -> None:
    assert may_leave(scan, scanner=scanner) is leaves


@pytest.mark.parametrize(
    ("said", "hidden"),
    [((), True), ((FileWord(1, None),), False), ((FileWord(1, Ground.HATE),), True)],
)
def test_what_takes_a_file_from_sight(said: tuple[FileWord, ...], hidden: bool) -> None:
    shown, held = (
        FileState(1, Standing.SHOWN, Scan.UNSCANNED),
        FileState(2, Standing.HELD, Scan.UNSCANNED),
    )
    assert hides(said, (shown, held)) is hidden
    assert not hides(said, (held,))
