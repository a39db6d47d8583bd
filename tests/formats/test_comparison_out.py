"""The Word file of a comparison: accepted it is one version, rejected the other."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from lxml import etree

from portal.domain.draft_blocks import lay_out
from portal.domain.draft_comparison import compare
from portal.domain.provision_trees import ProvisionText
from portal.formats.draft_files.comparison_out import Front, write_comparison
from tests.domain.test_provision_matching import ALL, BICYCLES, FINES, HOURS, NAME, TREES, WATER
from tests.domain.test_provision_matching import draft as written
from tests.factories.versions import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FRONT = Front("مسودة (مثال)", "من 1 إلى 2", "الجهة (مثال)", datetime(2026, 11, 5, 9, tzinfo=UTC))
MORE = f"{HOURS}\nج- يحدد المدير ساعات العمل في الأعياد والعطل الرسمية."
COUNCIL = "يشكل مجلس للحدائق من ثلاثة أعضاء، ويجتمع كل شهر."
REPORT = "ويرفع المجلس تقريره إلى الوزير، وينشر التقرير على موقع الوزارة."
CASES = {
    "nothing": (ALL, ALL),
    "words": (ALL, (NAME, HOURS, BICYCLES.replace("يسمح", "لا يسمح"), TREES, FINES)),
    "put in": (ALL, (NAME, WATER, *ALL[1:])),
    "taken out": (ALL, (NAME, BICYCLES, TREES, FINES)),
    "moved": (ALL, (FINES, *ALL[:4])),
    "moved with what stands under it": (ALL, (NAME, BICYCLES, TREES, FINES, HOURS)),
    "moved and changed": (
        (NAME, MORE, BICYCLES, TREES, FINES),
        (NAME, BICYCLES, TREES, FINES, MORE.replace("السابعة", "السادسة")),
    ),
    "split": ((NAME, f"{COUNCIL} {REPORT}", TREES), (NAME, COUNCIL, REPORT, TREES)),
    "merged": ((NAME, BICYCLES, TREES, FINES), (NAME, f"{BICYCLES} {TREES}", FINES)),
}


def file_of(old: list[ProvisionText], new: list[ProvisionText]) -> bytes:
    return write_comparison(FRONT, lay_out(old, new, compare(old, new)))


def taken(data: bytes, *, accepted: bool) -> list[str]:
    """The words of the file, paragraph by paragraph, as Word gives them after a decision."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        body = etree.fromstring(packed.read("word/document.xml"))
    gone = ("del", "moveFrom") if accepted else ("ins", "moveTo")
    for tag in gone:
        for each in list(body.iter(f"{W}{tag}")):
            if each.getparent().tag != f"{W}rPr":
                each.getparent().remove(each)
    texts = []
    for paragraph in body.iter(f"{W}p"):
        said = "".join(
            "\n" if each.tag == f"{W}br" else each.text or ""
            for each in paragraph.iter(f"{W}t", f"{W}delText", f"{W}br")
        )
        texts.append(said)
    return [text for text in texts if text]


def words(texts: list[str]) -> list[str]:
    return " ".join(texts).split()


@pytest.mark.parametrize("case", CASES)
def test_accepted_it_is_the_new_version_and_rejected_the_old(web: Flask, case: str) -> None:
    before, after = CASES[case]
    old, new = read(written(*before)), read(written(*after))
    with force_locale("ar"):
        data = file_of(old, new)
        plain_old, plain_new = file_of(old, old), file_of(new, new)
    assert words(taken(data, accepted=True)) == words(taken(plain_new, accepted=True))
    assert words(taken(data, accepted=False)) == words(taken(plain_old, accepted=True))


def test_changes_have_an_author_and_a_day_and_moves_are_moves(web: Flask) -> None:
    old, new = read(written(*ALL)), read(written(*CASES["moved"][1]))
    with zipfile.ZipFile(io.BytesIO(file_of(old, new))) as packed:
        body = etree.fromstring(packed.read("word/document.xml"))
    names = {
        tag: {each.get(f"{W}name") for each in body.iter(f"{W}{tag}RangeStart")}
        for tag in ("moveFrom", "moveTo")
    }
    assert names["moveFrom"] == names["moveTo"] != set()
    changed = [each for each in body.iter() if each.get(f"{W}author")]
    assert {each.get(f"{W}author") for each in changed} == {FRONT.author}
    assert {each.get(f"{W}date") for each in changed} == {"2026-11-05T09:00:00Z"}
    numbers = [each.get(f"{W}id") for each in changed]
    assert len(set(numbers)) == len(numbers)
    paragraphs = list(body.iter(f"{W}pPr"))
    assert all(each.find(f"{W}bidi") is not None for each in paragraphs)


def test_libreoffice_opens_it(web: Flask, tmp_path: Path) -> None:
    before, after = CASES["moved with what stands under it"]
    file = tmp_path / "compare.docx"
    file.write_bytes(file_of(read(written(*before)), read(written(WATER, *after))))
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    folder, profile = str(tmp_path), f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "odt", "--outdir", folder, str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "compare.odt") as packed:
        body = packed.read("content.xml").decode()
    assert "<text:tracked-changes" in body
    assert "text:insertion" in body
    assert "text:deletion" in body
    assert "الدراجات" in body
