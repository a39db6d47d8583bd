"""The parts of a DOCX that hold its text, its styles, its numbering and its notes."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath

from portal.domain.errors import DomainError
from portal.formats.draft_files.docx_names import NAMESPACE, STRICT, W
from portal.formats.draft_files.packages import Package
from portal.formats.draft_files.xml_parts import Element, parse_xml


@dataclass(frozen=True, slots=True)
class Parts:
    """Root elements; None for a part that is not there."""

    body: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None


def open_docx(data: bytes) -> Parts:
    """Raises what `Package` and `parse_xml` raise, and `file_unreadable` without a body."""
    package = Package(data)
    main = _related(package, "").get("officeDocument", "word/document.xml")
    there = _related(package, main)

    def part(kind: str) -> Element | None:
        return _root(package, there[kind]) if kind in there else None

    document = _root(package, main)
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise DomainError("file_unreadable", field="file")
    return Parts(body, part("styles"), part("numbering"), part("footnotes"), part("endnotes"))


def _root(package: Package, name: str) -> Element | None:
    content = package.read(name)
    if content is None:
        return None
    # The strict variant of the standard differs in nothing else that is read here.
    return parse_xml(content.replace(STRICT.encode(), NAMESPACE.encode()))


def _related(package: Package, name: str) -> dict[str, str]:
    """Parts that the part `name` points at, by the last word of the kind of relation."""
    folder, _, file = name.rpartition("/")
    content = package.read(join(folder, "_rels", f"{file}.rels"))
    if content is None:
        return {}
    found: dict[str, str] = {}
    for relation in parse_xml(content):
        if relation.get("TargetMode") == "External":
            continue
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        target = join("/", dirname(name), str(relation.get("Target", "")))
        found.setdefault(kind, normpath(target).lstrip("/"))
    return found
