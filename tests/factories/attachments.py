"""Files as people attach them to comments, and some that nobody should."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pypdf
from flask import Flask
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from portal.adapters import attachments as store
from portal.domain.attachments import FileKind
from portal.domain.submissions import Point, Sender
from portal.jobs.looking import carry_out
from portal.models import Attachment, Submission, db
from portal.services import attachments, submissions
from portal.services.attachments import Upload
from tests.factories.consultations import Open
from tests.factories.files import package
from tests.fixtures.apps import Clock

ODT_TYPE = "application/vnd.oasis.opendocument.text"


def a_pdf(**names: str) -> bytes:
    """A page of PDF; `names` are further entries of its root: `OpenAction="JavaScript"`."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    for entry, act in names.items():
        action = {NameObject("/S"): NameObject(f"/{act}"), NameObject("/JS"): TextStringObject("x")}
        writer.root_object[NameObject(f"/{entry}")] = DictionaryObject(action)
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def xml_form_pdf() -> bytes:
    """A PDF with a form in XML."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    form = {NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): TextStringObject("<x/>")}
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(form)
    return written(writer)


def locked_pdf(user: str) -> bytes:
    """A PDF under a password; an empty one opens by itself and is locked all the same."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(a_pdf()))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    return written(writer)


def packed_pdf(content: bytes) -> bytes:
    """A PDF with `content` in a packed list of objects."""
    packed = zlib.compress(content, 1)
    listed = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
    return a_pdf() + b"\n" + listed % len(packed) + packed + b"\nendstream\nendobj\n"


def an_odt(**more: str) -> bytes:
    """An OpenDocument text; `more` are parts by their first folder (`Basic="x"`)."""
    further = {f"{name}/part.xml": content for name, content in more.items()}
    return package({"mimetype": ODT_TYPE, "content.xml": "<office/>", **further})


def a_photo(format: str = "JPEG", size: tuple[int, int] = (60, 40), turned: bool = False) -> bytes:
    """A picture, its left half red, with the place where it was taken and more beside it."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 57.0, 0.0), 3: "E", 4: (35.0, 56.0, 0.0)}
    exif[0x010F] = "SecretCamera"
    if turned:
        exif[0x0112] = 6
    out = BytesIO()
    more = {"comment": b"SecretComment"} if format == "JPEG" else {"xmp": b"<x>SecretXmp</x>"}
    picture.save(out, format, exif=exif, **({} if format == "PNG" else more))
    return out.getvalue()


def huge_png(side: int = 30_000) -> bytes:
    """The beginning of a picture of `side` × `side` points: its size stands before the first."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack("!I", zlib.crc32(kind + data))
        return struct.pack("!I", len(data)) + kind + data + check

    packed = zlib.compress(b"\0" * (side // 8 + 1) * 100)
    head = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def kept(app: Flask, clock: Clock, data: bytes, name: str = "file.pdf") -> str:
    """A file kept for a form, as it is; gives its token."""
    folder: Path = app.extensions["settings"].data
    upload = Upload(name, FileKind.PDF, store.keep(folder, data), data, data)
    return attachments.keep(clock(), upload)


def send_with(
    app: Flask, place: Open, clock: Clock, *names: str, text: str = "نرفق ملفاً", email: str = ""
) -> Submission:
    """A submission of one comment with files of these names; committed."""
    tokens = tuple(kept(app, clock, f"%PDF {name}".encode(), name) for name in names)
    sent = submissions.submit(
        clock(),
        place.consultation,
        Sender(email=email),
        (Point(place.target("art_3"), text, files=tokens),),
        form_key="".join(tokens),
        language="ar",
    )
    db.session.commit()
    carry_out(clock, pause=0)
    return sent


def all_files() -> list[Attachment]:
    """Every file, by id."""
    return list(db.session.scalars(db.select(Attachment).order_by(Attachment.id)))
