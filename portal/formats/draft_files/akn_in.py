"""Akoma Ntoso 3.0 read into the tree of provisions: our own exactly, others' leniently.

A file of the profile of `akn_out` gives the tree it was written from. Of any other nothing of the
text is lost: what has no place in the tree becomes a text in it.
"""

from __future__ import annotations

import re

from lxml import etree

from portal.domain.draft_checks import numbering_warnings
from portal.domain.draft_hidden import hidden_warnings
from portal.domain.draft_naming import with_eids, with_lines
from portal.domain.draft_parsing import MAX_ARTICLES, MAX_LENGTH, MAX_PROVISIONS
from portal.domain.draft_tree import (
    DraftWarning,
    ParsedDraft,
    ParsedProvision,
    reassemble,
    walk,
)
from portal.domain.drafts import ProvisionKind, Tracked
from portal.domain.errors import DomainError
from portal.formats.draft_files.akn_inline import local
from portal.formats.draft_files.akn_names import PROFILE, RADD
from portal.formats.draft_files.akn_reading import Found, Reader

MAX_BYTES = 12 * MAX_LENGTH  # every character in marks of its own
MAX_DEPTH = 64
TITLE_LENGTH = 500
_PROLOG = re.compile(rb"<[^?!]")


def read_akn(data: bytes, tracked: Tracked = Tracked.ACCEPT) -> ParsedDraft:
    """The tree that an Akoma Ntoso document holds; ids and marks are kept in our own profile.

    `tracked` says what becomes of `ins` and `del` elements. Raises `akn_invalid` (line, what),
    `akn_doctype`, `akn_foreign`, `akn_deep`, `draft_empty` and those of size that
    `domain.draft_parsing.parse` raises. Warnings of the numbering are found anew.
    """
    root = _parsed(data)
    own = _is_own(root)
    found, title = Reader(root, tracked, own=own).read()
    provisions = tuple(each.finished() for each in found)
    eids = [node.eid for node, _depth in walk(provisions)]
    if not own or "" in eids or len(set(eids)) < len(eids):
        provisions = with_eids(provisions)
    if not eids:
        raise DomainError("draft_empty", field="file")
    _check_size(provisions)
    provisions = with_lines(provisions)
    return ParsedDraft(title or _title(root, found), provisions, _warnings(provisions))


def _parsed(data: bytes) -> etree._Element:
    """The root. No entity is expanded, no address is asked, no depth is without measure."""
    plain = data.replace(b"\x00", b"")  # UTF-16 too
    start = _PROLOG.search(plain)
    if b"<!DOCTYPE" in plain[: start.start() if start else None]:
        raise DomainError("akn_doctype", field="file")
    if len(data) > MAX_BYTES:
        raise DomainError("draft_too_long", field="file", maximum=MAX_LENGTH)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, what = error.lineno or 0, error.msg or ""
        raise DomainError("akn_invalid", field="file", line=line, what=what) from error
    if root.getroottree().docinfo.doctype:
        raise DomainError("akn_doctype", field="file")
    _check_form(root)
    return root


def _check_form(root: etree._Element) -> None:
    if local(root) != "akomaNtoso":
        raise DomainError("akn_foreign", field="file", found=local(root))
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            line = element.sourceline or 0
            raise DomainError("akn_deep", field="file", line=line, maximum=MAX_DEPTH)


def _is_own(root: etree._Element) -> bool:
    """Written in the profile of `akn_out`."""
    profiles = root.iter(f"{{{RADD}}}profile")
    return any(each.get("value") == PROFILE for each in profiles)


def _check_size(provisions: tuple[ParsedProvision, ...]) -> None:
    nodes = [node for node, _depth in walk(provisions)]
    articles = sum(node.kind is ProvisionKind.ARTICLE for node in nodes)
    length = sum(len(node.heading) + len(node.text) for node in nodes)
    for code, found, maximum in (
        ("draft_too_long", length, MAX_LENGTH),
        ("draft_too_many_articles", articles, MAX_ARTICLES),
        ("draft_too_many_provisions", len(nodes), MAX_PROVISIONS),
    ):
        if found > maximum:
            raise DomainError(code, field="file", found=found, maximum=maximum)


def _title(root: etree._Element, found: list[Found]) -> str:
    """The name in the metadata, or else the first words, of a document that marks no title."""
    if _is_own(root):
        return ""
    named = (each for each in root.iter("{*}FRBRalias") if each.get("name") in (None, "title"))
    alias = next((each.get("value") or "" for each in named), "")
    first = next((each.text for each in found if each.text), "")
    return " ".join((alias or first).split())[:TITLE_LENGTH]


def _warnings(provisions: tuple[ParsedProvision, ...]) -> tuple[DraftWarning, ...]:
    text = reassemble(ParsedDraft("", provisions, ()))
    found = sorted(
        numbering_warnings(provisions) + hidden_warnings(text), key=lambda warning: warning.line
    )
    if any(node.kind is ProvisionKind.ARTICLE for node, _depth in walk(provisions)):
        return tuple(found)
    return (DraftWarning("no_article", 0, {}), *found)
