"""Names of WordprocessingML (ECMA-376 part 1, chapter 17) and how its switches are read."""

from __future__ import annotations

from portal.formats.draft_files.xml_parts import Element

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W = f"{{{NAMESPACE}}}"
VAL = f"{W}val"
P, R, TBL, SDT = f"{W}p", f"{W}r", f"{W}tbl", f"{W}sdt"
P_PR, R_PR, TXBX = f"{W}pPr", f"{W}rPr", f"{W}txbxContent"
INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_OFF = frozenset({"0", "false", "off", "none"})


def child(element: Element | None, name: str) -> Element | None:
    """The first child by that name of WordprocessingML."""
    return None if element is None else element.find(W + name)


def val(element: Element | None, name: str) -> str | None:
    """What `w:val` of the child `name` says; None where there is no such child."""
    found = child(element, name)
    return None if found is None else found.get(VAL)


def number(text: str | None) -> int | None:
    """A whole number as attributes have it; None for what is none."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def is_on(element: Element | None, name: str) -> bool:
    """A switch: there, and not turned off."""
    found = child(element, name)
    return found is not None and str(found.get(VAL, "1")).lower() not in _OFF
