"""Files that lie, are broken, or are made to do harm: each has its own sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import typst
from flask import Flask
from flask_babel import force_locale

from portal.domain.drafts import MAX_FILE, DraftFormat
from portal.domain.errors import DomainError
from portal.formats.draft_files.detection import detect
from portal.formats.draft_files.reading import read_draft
from portal.formats.messages import message
from tests.factories.files import docx, package, para

GOOD = docx(para("المادة 1") + para("نص."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
PDF = bytes(typst.compile(b"Article 1"))
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(PDF))
    writer.encrypt("secret", algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def with_part(name: str, content: bytes | str) -> bytes:
    """The good file with one part more, or in place of its own."""
    with zipfile.ZipFile(BytesIO(GOOD)) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    return package({**parts, name: content})


def document(xml: str) -> bytes:
    return with_part("word/document.xml", xml)


BOMB = '<!DOCTYPE a [<!ENTITY x "haha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>'
FETCH = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
FILES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "draft.docx", "draft_file_empty"),
    "blank": (b" \n\n", "draft.txt", "draft_empty"),
    "empty-document": (docx(""), "draft.docx", "draft_empty"),
    "too-large": (b"x" * (MAX_FILE + 1), "draft.txt", "file_too_large"),
    "docx-cut": (GOOD[: len(GOOD) // 2], "draft.docx", "file_cut_off"),
    "pdf-cut": (PDF[: len(PDF) // 2], "draft.pdf", "file_cut_off"),
    "docx-damaged": (
        GOOD.replace(b"word/document.xml", b"word/dXcument.xml"),
        "",
        "file_unreadable",
    ),
    "pdf-damaged": (b"%PDF-1.7\nnothing\n%%EOF", "draft.pdf", "file_unreadable"),
    "docx-encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "file_encrypted"),
    "pdf-encrypted": (encrypted_pdf(), "draft.pdf", "file_encrypted"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "draft.doc", "file_old_word"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), "draft.xls", "file_old_office"),
    "odt": (
        package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        "draft.odt",
        "file_odt",
    ),
    "xlsx": (
        package({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}),
        "",
        "file_of_no_use",
    ),
    "zip": (package({"a.txt": "نص"}), "draft.zip", "file_of_no_use"),
    "rtf": (b"{\\rtf1 x}", "draft.rtf", "file_of_no_use"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "draft.png", "file_of_no_use"),
    "binary": (bytes(range(256)), "draft.txt", "not_text"),
    "macros": (with_part("word/vbaProject.bin", b"x"), "draft.docm", "file_macros"),
    "macros-renamed": (
        with_part("[Content_Types].xml", f'<Types><Override ContentType="{MACRO_TYPE}"/></Types>'),
        "draft.docx",
        "file_macros",
    ),
    "pdf-called-docx": (PDF, "draft.docx", "file_mislabelled"),
    "docx-called-pdf": (GOOD, "draft.PDF", "file_mislabelled"),
    "html-called-text": (b"<!doctype html><p>x", "draft.txt", "file_mislabelled"),
    "text-called-docx": ("المادة 1".encode(), "draft.docx", "file_mislabelled"),
    "zip-bomb": (with_part("word/media/a.bin", bytes(60 * 1024**2)), "draft.docx", "zip_bomb"),
    "many-members": (
        package({**dict.fromkeys(map(str, range(5_100)), "x"), "[Content_Types].xml": WORD_TYPE}),
        "draft.docx",
        "zip_bomb",
    ),
    "entity-bomb": (document(BOMB), "draft.docx", "xml_doctype"),
    "entity-of-a-file": (document(FETCH), "draft.docx", "xml_doctype"),
    "broken-xml": (document("<w:document><w:body>"), "draft.docx", "file_unreadable"),
    "no-body": (document("<a/>"), "draft.docx", "file_unreadable"),
    "two-encodings": (
        "المادة 1\nنص طويل بالعربية.\n".encode() + "المادة 2\nنص آخر.\n".encode("cp1256"),
        "draft.txt",
        "mixed_encodings",
    ),
    "nul": (b"a\x00b", "a.txt", "not_text"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_is_refused_by_its_own_code_in_both_languages(web: Flask, case: str) -> None:
    data, name, code = FILES[case]
    with pytest.raises(DomainError) as refused:
        read_draft(data, name)
    assert refused.value.code == code
    assert refused.value.field in ("file", "source") or code in ("not_text", "mixed_encodings")
    said = set()
    for language in ("ar", "en"):
        with web.test_request_context(), force_locale(language):
            said.add(message(refused.value))
    assert len(said) == 2
    assert not any("%(" in sentence for sentence in said)


def test_a_lie_is_told_with_both_names(web: Flask) -> None:
    with pytest.raises(DomainError) as refused:
        read_draft(PDF, "law.docx")
    assert refused.value.params == {"named": ".docx", "found": DraftFormat.PDF}
    with web.test_request_context(), force_locale("en"):
        assert ".docx" in message(refused.value)
        assert "PDF" in message(refused.value)


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (GOOD, "law.docx", DraftFormat.DOCX),
        (GOOD, "", DraftFormat.DOCX),
        (GOOD, "law.bin", DraftFormat.DOCX),
        (PDF, "LAW.PDF", DraftFormat.PDF),
        (b"junk before\n" + PDF, "", DraftFormat.PDF),
        (b"<html><p>x", "", DraftFormat.HTML),
        (b"\xef\xbb\xbf \n<!-- a --><!DOCTYPE HTML><p>x", "law.htm", DraftFormat.HTML),
        (b'<?xml version="1.0"?><html xmlns="x"><p>x', "law.xhtml", DraftFormat.HTML),
        (b"<div>x</div>", "", DraftFormat.HTML),
        (b'<?xml version="1.0"?><akomaNtoso/>', "law.xml", DraftFormat.AKN),
        ("المادة 1".encode(), "law.txt", DraftFormat.TEXT),
        ("المادة 1".encode(), "-", DraftFormat.TEXT),
        ("## الفصل الأول".encode(), "", DraftFormat.MARKDOWN),
        ("المادة 1".encode(), "law.md", DraftFormat.MARKDOWN),
        (b'<div dir="rtl">\n\n# x', "law.md", DraftFormat.MARKDOWN),
        ("## الفصل".encode(), "law.txt", DraftFormat.TEXT),
        ("المادة الأولى".encode("cp1256"), "law.txt", DraftFormat.TEXT),
    ],
)
def test_a_format_is_found_from_the_content(data: bytes, name: str, found: DraftFormat) -> None:
    assert detect(data, name) is found


def test_nothing_that_an_entity_names_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("كلمة السر")
    with pytest.raises(DomainError) as refused:
        read_draft(document(FETCH.replace("/etc/hostname", str(secret))), "a.docx")
    assert "كلمة" not in str(refused.value)
