"""The names of Akoma Ntoso 3.0 (OASIS LegalDocML) and how they stand to kinds of provision."""

from __future__ import annotations

import re

from portal.domain.draft_display import number_of
from portal.domain.drafts import ProvisionKind
from portal.domain.text import latin_digits

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# Only what the standard has no place for: docs/integrators.md lists the attributes.
RADD = "urn:radd:draft:1"
XML = "http://www.w3.org/XML/1998/namespace"
PROFILE = "1"
EMPTY = "empty"  # the name of what stands only where the schema wants something

# What a kind is written as; the others are `hcontainer` by the name of their kind.
TAGS = {
    kind: kind.value
    for kind in (
        ProvisionKind.PART,
        ProvisionKind.CHAPTER,
        ProvisionKind.SECTION,
        ProvisionKind.ARTICLE,
        ProvisionKind.PARAGRAPH,
        ProvisionKind.POINT,
    )
}
# What other producers use is read as the nearest kind.
_READ = {
    ProvisionKind.PART: "part book tome title subpart division",
    ProvisionKind.CHAPTER: "chapter subchapter subtitle",
    ProvisionKind.SECTION: "section subdivision",
    ProvisionKind.ARTICLE: "article rule clause",
    ProvisionKind.PARAGRAPH: "paragraph subsection subclause subrule",
    ProvisionKind.POINT: "point subparagraph indent",
    ProvisionKind.ANNEX: "annex schedule attachment",
    ProvisionKind.TEXT: "text",
    ProvisionKind.TABLE: "table",
}
KINDS = {tag: kind for kind, tags in _READ.items() for tag in tags.split()}
# Tags of the standard that are such a kind; the other names occur as those of an `hcontainer`.
HIERARCHY = frozenset(KINDS) - {"annex", "schedule", "text", "table"}
# Elements that part a text into blocks, wherever they stand.
_BLOCKS = """p block crossHeading blockList item listIntroduction listWrapUp table caption tr td th
    ul ol li toc tocItem content intro wrapUp quotedStructure embeddedStructure embeddedText
    blockContainer container tblock foreign formula longTitle recital recitals citation citations
    list sublist alinea proviso transitional level hcontainer interstitial num heading subheading
    componentRef documentRef attachment attachments components component collectionBody body
    mainBody preface preamble conclusions coverPage div"""
BLOCKS = HIERARCHY | set(_BLOCKS.split())
# Blocks that hold nothing but words, whatever is quoted in these.
WORDS = frozenset({"p", "block", "crossHeading", "listIntroduction", "listWrapUp", "tocItem"})
_WORD = re.compile(r"[\w.]{1,20}")


def read_num(text: str) -> str:
    """The number that a `num` says, which may be a whole marker or the bare number: `(5)`, `5`."""
    found = number_of(text)
    if found:
        return found
    bare = latin_digits(text).strip(" \t\n().-–—:ـ[]")
    return bare if _WORD.fullmatch(bare) else ""
