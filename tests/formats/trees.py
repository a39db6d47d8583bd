"""Trees of provisions as readers and drafters can make them, for properties of what writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from portal.domain.bilingual import Bilingual
from portal.domain.draft_naming import with_eids
from portal.domain.draft_tree import ParsedDraft, ParsedProvision
from portal.domain.drafts import ProvisionKind
from portal.formats.draft_files.about import About

K = ProvisionKind
ABOUT = About(
    title=Bilingual("مشروع نظام الحدائق", "Gardens bylaw"),
    day=date(2026, 11, 1),
    body=Bilingual("ديوان التشريع", "Legislation bureau"),
    body_slug="bureau",
    consultation=Bilingual("الحدائق", "Gardens"),
    slug="gardens",
    version=2,
    published=True,
    url="https://radd.example/ar/consultations/gardens/documents/1/versions/2",
)
ODD = (
    *("المادة 1:", "أ-", "1-", "نص عادي.", "(٦) من", 'كلمة <b> & "علامة"', "a b", "اب\u064eت", "Ω"),
    *("=SUM(A1)", "#set page()", "\\u{5C}", "**", "]]>", "&amp;", "U+0000", "| خلية | خلية |"),
    *("\u200f", "\u202e", "\u00a0", "\ufeff", "\ufffe", "\x00", "\x0b", "\x85", "\ud800", "😀"),
    *("\r", "\n", "\t", " ", "  ", "\u2028", "-", "|"),
)
pieces = st.sampled_from(ODD)
words = st.lists(pieces, max_size=5).map("".join)
some = st.one_of(st.just(""), st.just(""), words)
markers = st.sampled_from(["", "", "المادة ١:", "### المادة 4:", "أ-", "(ب)", "١-", "- ", "#", "5"])
numbers = st.sampled_from(["", "1", "2", "ب", "5 مكرر", "x"])
cells = st.sampled_from(["", "رقم", "أ\\|ب", "سطر<br>سطر", "نص  نص", "---", "12%"])
rows = st.lists(cells, min_size=1, max_size=3).map(lambda each: f"| {' | '.join(each)} |")
tables = st.lists(rows, min_size=1, max_size=4).map("\n".join)


def nodes(children: st.SearchStrategy[ParsedProvision]) -> st.SearchStrategy[ParsedProvision]:
    return st.builds(
        ParsedProvision,
        eid=st.just(""),
        kind=st.sampled_from([kind for kind in K if kind is not K.TABLE]),
        number=numbers,
        marker=markers,
        heading=some,
        text=some,
        line=st.just(0),
        children=st.lists(children, max_size=3).map(tuple),
        heading_en=some,
        text_en=some,
    )


def leaf(kind: ProvisionKind, text: st.SearchStrategy[str]) -> st.SearchStrategy[ParsedProvision]:
    blank = st.just("")
    return st.builds(
        ParsedProvision, blank, st.just(kind), blank, blank, blank, text, st.just(0), text_en=some
    )


leaves = leaf(K.TEXT, some) | leaf(K.TABLE, tables | some)
provisions = st.lists(st.recursive(leaves, nodes, max_leaves=8), min_size=1, max_size=5)


def drafts() -> st.SearchStrategy[ParsedDraft]:
    """Any tree at all; its title often is one of its texts."""

    def made(nodes: list[ParsedProvision], title: str | None) -> ParsedDraft:
        named = with_eids(tuple(nodes))
        return ParsedDraft(named[0].text if title is None else title, named, ())

    return st.builds(made, provisions, st.none() | words)


def bare(draft: ParsedDraft) -> ParsedDraft:
    """The draft without what is found anew: lines and warnings."""
    return ParsedDraft(draft.title, _without_lines(draft.provisions), ())


def _without_lines(provisions: tuple[ParsedProvision, ...]) -> tuple[ParsedProvision, ...]:
    return tuple(
        replace(node, line=0, children=_without_lines(node.children)) for node in provisions
    )
