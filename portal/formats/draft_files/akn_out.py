"""The tree of provisions as Akoma Ntoso 3.0: `akn_in.read_akn` gives the same tree back.

The profile is told in docs/integrators.md; what the standard has no place for is an attribute of
the namespace `radd:`.
"""

from __future__ import annotations

from lxml import etree

from portal.domain.draft_display import bare_marker, stands
from portal.domain.draft_tables import Table, read_table, write_table
from portal.domain.draft_tree import ParsedDraft, ParsedProvision, walk
from portal.domain.drafts import DocumentKind, ProvisionKind
from portal.formats.draft_files.about import About, FileLanguage
from portal.formats.draft_files.akn_inline import fill
from portal.formats.draft_files.akn_meta import meta
from portal.formats.draft_files.akn_names import AKN, EMPTY, RADD, TAGS, XML, read_num
from portal.formats.draft_files.shown import shelter

# A policy is no bill: the standard has `doc` for what is not made law.
_BILLS = frozenset({DocumentKind.LAW, DocumentKind.BYLAW, DocumentKind.INSTRUCTIONS})
# Each on a line of its own, for people and for tools that compare lines.
_LINES = tuple(
    f"{{{AKN}}}{tag}"
    for tag in (*TAGS.values(), "hcontainer", "attachment", "longTitle", "container", "meta")
)


def write_akn(draft: ParsedDraft, about: About, _lang: FileLanguage = "ar") -> bytes:
    """The document in UTF-8; a translation always goes with it."""
    root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN, "radd": RADD})
    bill = about.kind in _BILLS
    document = _sub(root, "bill" if bill else "doc", name=about.kind.value)
    translated = any(n.heading_en or n.text_en for n, _depth in walk(draft.provisions))
    document.append(meta(about, draft.title, "main", translated=translated))
    leading, middle, annexes = _divided(draft.provisions)
    _front(document, draft.title, leading)
    body = _sub(document, "body" if bill else "mainBody")
    for node in middle:
        _provision(body, node)
    if not middle:
        _sub(body, "hcontainer", name=EMPTY)
    if annexes:
        attachments = _sub(document, "attachments")
        for node in annexes:
            _attachment(attachments, node, about)
    for element in root.iter(*_LINES):
        element.tail = "\n"
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


_Provisions = tuple[ParsedProvision, ...]


def _divided(provisions: _Provisions) -> tuple[_Provisions, _Provisions, _Provisions]:
    """What stands before the body, in it, and as annexes after it; a body is never empty."""
    end = len(provisions)
    while end and provisions[end - 1].kind is ProvisionKind.ANNEX:
        end -= 1
    end = end or len(provisions)  # annexes alone are the body
    start = 0
    while start < end - 1 and _plain(provisions[start]):
        start += 1
    return provisions[:start], provisions[start:end], provisions[end:]


def _plain(node: ParsedProvision) -> bool:
    """A text that a preface or a preamble can hold, which know no number and no heading."""
    more = (node.number, node.heading, node.heading_en)
    return node.kind is ProvisionKind.TEXT and not node.children and not any(more)


def _front(document: etree._Element, title: str, leading: _Provisions) -> None:
    """Preface up to the title, preamble after it; a title that is no provision has no eId."""
    named = next((at for at, node in enumerate(leading) if node.text == title), None)
    before = 0 if named is None else named + 1
    if title or before:
        preface = _sub(document, "preface")
        for node in leading[:before]:
            _leading(preface, node, titled=node is leading[before - 1])
        if title and not before:
            block = _sub(_sub(preface, "longTitle"), "p")
            fill(_sub(block, "docTitle"), title, block)
    if leading[before:]:
        preamble = _sub(document, "preamble")
        for node in leading[before:]:
            _leading(preamble, node, titled=False)


def _leading(parent: etree._Element, node: ParsedProvision, *, titled: bool) -> None:
    holder = _sub(parent, "longTitle") if titled else _sub(parent, "container", name="text")
    holder.set("eId", node.eid)
    if node.marker:
        holder.set(f"{{{RADD}}}marker", shelter(node.marker))
    block = _sub(holder, "p")
    fill(_sub(block, "docTitle") if titled else block, node.text, block)
    _translation(holder, node)


def _provision(parent: etree._Element, node: ParsedProvision) -> None:
    tag = TAGS.get(node.kind)
    element = _sub(parent, tag) if tag else _sub(parent, "hcontainer", name=node.kind.value)
    _head(element, node)
    if node.text or node.text_en:
        _blocks(_sub(element, "intro" if node.children else "content"), node)
    for child in node.children:
        _provision(element, child)


def _head(element: etree._Element, node: ParsedProvision) -> None:
    """eId, num, heading, and the heading's translation as a subheading in its language."""
    element.set("eId", node.eid)
    num = bare_marker(node.marker) if stands(node) else node.number
    if num != node.marker:
        element.set(f"{{{RADD}}}marker", shelter(node.marker))
    if read_num(num) != node.number:
        element.set(f"{{{RADD}}}number", shelter(node.number))
    if num:
        fill(_sub(element, "num"), num)
    if node.heading:
        fill(_sub(element, "heading"), node.heading)
    if node.heading_en:
        fill(_english(_sub(element, "subheading")), node.heading_en)


def _blocks(holder: etree._Element, node: ParsedProvision) -> None:
    table = read_table(node.text) if node.kind is ProvisionKind.TABLE else Table(())
    if table.rows:
        _table(holder, table, node.text)
    else:
        fill(_sub(holder, "p"), node.text)
    _translation(holder, node)


def _table(holder: etree._Element, table: Table, text: str) -> None:
    element = _sub(holder, "table")
    if write_table(table) != text:
        element.set(f"{{{RADD}}}source", shelter(text))
    for at, row in enumerate(table.rows):
        line = _sub(element, "tr")
        for cell in row:
            fill(_sub(_sub(line, "th" if table.headed and not at else "td"), "p"), cell)


def _translation(holder: etree._Element, node: ParsedProvision) -> None:
    if node.text_en:
        fill(_english(_sub(holder, "p")), node.text_en)


def _attachment(parent: etree._Element, node: ParsedProvision, about: About) -> None:
    """An annex is a document of its own, attached to the draft."""
    attachment = _sub(parent, "attachment")
    _head(attachment, node)
    document = _sub(attachment, "doc", name=ProvisionKind.ANNEX.value)
    document.append(meta(about, node.heading, node.eid, translated=False))
    body = _sub(document, "mainBody")
    if node.text or node.text_en:
        _blocks(body, node)
    for child in node.children:
        _provision(body, child)
    if not len(body):
        _sub(body, "hcontainer", name=EMPTY)


def _english(element: etree._Element) -> etree._Element:
    element.set(f"{{{XML}}}lang", "en")
    return element


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{AKN}}}{tag}", attributes)
