"""Files as programs write them, made from XML by hand: what a test is about can be seen in it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import fontpkg
import typst

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def docx(body: str, *, namespace: str = W, **parts: str) -> bytes:
    """A DOCX of this body and these parts (`numbering="<w:num …/>"`), all WordprocessingML."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{name}+xml"/>'
        for name in parts
    )
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>'
        for name in parts
    )
    return package(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
                '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                '<Override PartName="/word/document.xml"'
                f' ContentType="{_TYPES}.document.main+xml"/>'
                f"{overrides}</Types>"
            ),
            "_rels/.rels": _rels(
                f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument"'
                ' Target="word/document.xml"/>'
            ),
            "word/_rels/document.xml.rels": _rels(relations),
            "word/document.xml": _xml("document", f"<w:body>{body}</w:body>", namespace),
            **{
                f"word/{name}.xml": _xml(name, content, namespace)
                for name, content in parts.items()
            },
        }
    )


def _rels(content: str) -> str:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{content}</Relationships>'


def _xml(name: str, content: str, namespace: str) -> str:
    return (
        f'<w:{name} xmlns:w="{namespace}" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        f"{content}</w:{name}>"
    )


def run(text: str, properties: str = "") -> str:
    """A run of words, with properties such as `<w:b/>`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    """A paragraph; bare words are put into a run."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def item(content: str, num: int = 1, level: int = 0) -> str:
    """A paragraph of an automatically numbered list."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return para(content, place)


def levels(*kinds: tuple[str, str], number: int = 1, start: int = 1) -> str:
    """The definition of a list: format and text (`("arabicAbjad", "%1-")`) of each level."""
    written = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(kinds)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{written}</w:abstractNum>'


def num(number: int, definition: int = 1, overrides: str = "") -> str:
    """A list of that definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def pdf(markup: str) -> bytes:
    """A PDF of typst's markup, in Arabic and Amiri."""
    head = '#set text(lang: "ar", dir: rtl, font: "Amiri")\n'
    fonts = typst.Fonts(font_paths=[str(Path(fontpkg.path("Amiri", 400)).parent)])
    return bytes(typst.compile((head + markup).encode(), font_paths=fonts))
