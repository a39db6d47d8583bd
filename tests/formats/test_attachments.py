"""Files that people attach: by their content, without what harms or tells too much."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from portal.adapters.reading import Limits, inspect_safely
from portal.domain.attachments import MAX_BYTES, FileKind
from portal.domain.errors import DomainError
from portal.formats.attachments import inspect
from tests.factories.attachments import (
    ODT_TYPE,
    a_pdf,
    a_photo,
    an_odt,
    huge_png,
    locked_pdf,
    packed_pdf,
    xml_form_pdf,
)
from tests.factories.files import docx, package, para

DOCX = docx(para("مذكرة"))
CODED = a_pdf(OpenAction="JavaScript").replace(b"/JavaScript", b"/J#61vaScript")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
LARGE, LITTLE = a_photo(size=(4_000, 4_000)), Limits(memory=160 * 1024**2)
TEMPLATE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://x/attachedTemplate" TargetMode="External" Target="%s"/>'
    "</Relationships>"
)


def with_part(name: str, content: str | bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(DOCX)) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    return package({**parts, name: content})


def moving() -> bytes:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (a_pdf(), "مذكرة.pdf", FileKind.PDF),
        (b"\xef\xbb\xbf" + a_pdf(), "report", FileKind.PDF),
        (a_pdf(), "report.v2", FileKind.PDF),
        (DOCX, "مذكرة.DOCX", FileKind.DOCX),
        (with_part("word/_rels/settings.xml.rels", TEMPLATE % "Normal.dotm"), "", FileKind.DOCX),
        (an_odt(), "x.odt", FileKind.ODT),
        (packed_pdf(b"<< /Type /Page >>"), "x.pdf", FileKind.PDF),
    ],
)
def test_what_is_taken_is_kept_byte_for_byte(data: bytes, name: str, kind: FileKind) -> None:
    assert inspect(data, name) == (kind, data)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"<html><script>1</script>", "photo.png", "attachment_kind_known"),
        (SVG, "drawing.svg", "attachment_kind_known"),
        (b"MZ\x90\0" + b"\0" * 100, "report.pdf", "attachment_kind_known"),
        (b"GIF89a" + b"\0" * 50, "x.gif", "attachment_kind_known"),
        ("نص".encode(), "x.pdf", "attachment_kind"),
        (b"<b>" + a_pdf(), "x.pdf", "attachment_kind_known"),
        (a_pdf(), "photo.jpg", "attachment_mislabelled"),
        (DOCX, "x.odt", "attachment_mislabelled"),
        (a_photo(), "x.png", "attachment_mislabelled"),
        (package({"a.txt": "x"}), "x.docx", "attachment_kind"),
        (package({"[Content_Types].xml": "spreadsheetml"}), "x.docx", "attachment_kind"),
        (package({"mimetype": ODT_TYPE + "-template"}), "x.odt", "attachment_kind"),
        (with_part("word/vbaProject.bin", b"x"), "x.docx", "attachment_macros"),
        (with_part("word/VBAPROJECT.BIN", b"x"), "x.docx", "attachment_macros"),
        (with_part("word/activeX/activeX1.bin", b"x"), "x.docx", "attachment_macros"),
        (with_part("word/embeddings/a.xlsm", b"x"), "x.docx", "attachment_macros"),
        (with_part("[Content_Types].xml", "x.macroEnabled.main+xml"), "", "attachment_macros"),
        (an_odt(Basic="x"), "x.odt", "attachment_macros"),
        (an_odt(Scripts="x"), "x.odt", "attachment_macros"),
        (
            with_part("word/_rels/settings.xml.rels", TEMPLATE % "https://a.example/t.dotm"),
            "",
            "attachment_remote",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "x.doc", "attachment_old_office"),
        (locked_pdf("secret"), "x.pdf", "attachment_encrypted"),
        (locked_pdf(""), "x.pdf", "attachment_encrypted"),
        (a_pdf(OpenAction="JavaScript"), "x.pdf", "attachment_active"),
        (a_pdf(OpenAction="Launch"), "x.pdf", "attachment_active"),
        (CODED, "x.pdf", "attachment_active"),
        (xml_form_pdf(), "x.pdf", "attachment_active"),
        (packed_pdf(b"<< /S /JavaScript /JS (x) >>"), "x.pdf", "attachment_active"),
        (packed_pdf(b" " * (70 << 20)), "x.pdf", "zip_bomb"),
        (b"%PDF-1.7\nnothing", "x.pdf", "attachment_unreadable"),
        (moving(), "x.webp", "image_moves"),
        (a_photo()[:300], "x.jpg", "image_unreadable"),
    ],
)
def test_what_lies_or_could_harm_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        inspect(data, name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("format", "name"), [("JPEG", "a.jpeg"), ("PNG", "a.png"), ("WEBP", "a.webp")]
)
def test_an_image_is_drawn_anew_without_what_it_told(format: str, name: str) -> None:
    sent = a_photo(format)
    assert b"Secret" in sent
    kind, kept = inspect(sent + b"<script>SecretTail</script>", name)
    assert b"Secret" not in kept
    assert kind.value.upper() == format
    picture = Image.open(BytesIO(kept))
    assert not picture.getexif()
    assert {*picture.info} <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop"} | {
        "background",
        "timestamp",
        "duration",
    }
    left = picture.convert("RGB").getpixel((5, 20))
    assert isinstance(left, tuple)
    assert left[0] > 200 > left[2]


def test_a_turned_image_stands_as_it_was_seen() -> None:
    picture = Image.open(BytesIO(inspect(a_photo(turned=True), "a.jpg")[1]))
    assert picture.size == (40, 60)
    assert picture.convert("RGB").getpixel((20, 5)) != picture.convert("RGB").getpixel((20, 55))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_images_of_all_colours_are_taken(mode: str) -> None:
    out = BytesIO()
    format = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (8, 8)).save(out, format)
    kept = inspect(out.getvalue(), "")[1]
    assert Image.open(BytesIO(kept)).size == (8, 8)


@pytest.mark.parametrize(
    ("data", "name", "code", "limits"),
    [
        (huge_png(), "x.png", "image_large", Limits(memory=200 * 1024**2)),
        (b"", "x.pdf", "attachment_empty", Limits()),
        (b"%PDF-" + b"x" * MAX_BYTES, "x.pdf", "attachment_large", Limits()),
        (package({"word/a.xml": b" " * (8 << 20)}), "x.docx", "zip_bomb", Limits()),
        (LARGE, "x.jpg", "reading_too_large", LITTLE),
        (a_pdf(), "x.jpg", "attachment_mislabelled", Limits()),
    ],
)
def test_the_process_that_looks_holds_to_its_limits(
    data: bytes, name: str, code: str, limits: Limits
) -> None:
    with pytest.raises(DomainError) as refused:
        inspect_safely(data, name, limits)
    assert refused.value.code == code


def test_the_process_gives_kind_and_bytes() -> None:
    assert inspect_safely(DOCX, "x.docx") == (FileKind.DOCX, DOCX)
    kind, kept = inspect_safely(a_photo(), "x.jpg", LITTLE)
    assert (kind, kept) == inspect(a_photo(), "x.jpg")
