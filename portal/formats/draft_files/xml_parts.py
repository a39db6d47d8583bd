"""XML of strangers: no entities, no document type, nothing fetched."""

from __future__ import annotations

from typing import Any

from lxml import etree

from portal.domain.errors import DomainError

Element = Any  # lxml has no types


def parse_xml(data: bytes) -> Element:
    """The root element. Raises `xml_doctype` or `file_unreadable`."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        code = "xml_doctype" if b"<!ENTITY" in data or b"<!DOCTYPE" in data else "file_unreadable"
        raise DomainError(code, field="file") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DomainError("xml_doctype", field="file")
    return root
