"""HTML read into the source text of a draft; scripts, styles and their like are left out."""

from __future__ import annotations

import re

import nh3
from lxml import etree

from portal.domain.drafts import Tracked
from portal.domain.errors import DomainError
from portal.domain.text import decode
from portal.formats.draft_files.html_blocks import Blocks
from portal.formats.draft_files.source_lines import SourceLines

_NAMES = """h1 h2 h3 h4 h5 h6 p div br hr pre blockquote ol ul li dl dt dd table caption thead tbody
tfoot tr th td b strong ins del img section article main header footer nav aside address figure
figcaption details summary fieldset center form"""
_TAGS = set(_NAMES.split())
_ATTRIBUTES = {
    "ol": {"type", "start", "style", "reversed"},
    "li": {"value", "style"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_DROPPED = {"script", "style", "template", "title", "noscript", "iframe", "object", "svg"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,30})", re.IGNORECASE)
_ARABIC_ONE_BYTE = frozenset({"windows-1256", "cp1256", "iso-8859-6"})


def read_html(data: bytes, tracked: Tracked) -> tuple[SourceLines, int]:
    """The lines of the text, and how many marked changes (`ins`, `del`) were met."""
    cleaned = nh3.clean(
        _decoded(data),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags=_DROPPED,
        link_rel=None,
    )
    lines = SourceLines()
    # Without `huge_tree` what is nested too deeply would be lost without a word.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    root = etree.fromstring(f"<html><body>{cleaned}</body></html>".encode(), parser)
    if root is None:
        raise DomainError("draft_empty", field="source")
    blocks = Blocks(lines, tracked)
    blocks.read(root)
    if blocks.pictures:
        lines.warn("pictures_left_out", count=str(blocks.pictures))
    return lines, blocks.tracked


def _decoded(data: bytes) -> str:
    """By its mark of order, by what it says of itself, or as any text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise DomainError("not_text") from error
    named = _CHARSET.search(data[:4096])
    charset = named[1].decode("ascii").lower() if named else ""
    if charset in _ARABIC_ONE_BYTE:
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            pass  # it says what it is not
    return decode(data)[0]
