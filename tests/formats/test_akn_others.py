"""Akoma Ntoso written by others: nothing of the text is lost; what must be refused is refused."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from portal.domain.draft_tree import ParsedDraft, ParsedProvision, walk
from portal.domain.drafts import ProvisionKind, Tracked
from portal.domain.errors import DomainError
from portal.formats.draft_files.akn_in import MAX_DEPTH, read_akn
from portal.formats.draft_files.akn_out import write_akn
from tests.formats.akn_samples import (
    COMMONWEALTH,
    EUROPEAN,
    FLAT,
    ITALIAN,
    SAMPLES,
    document,
)
from tests.formats.trees import ABOUT, bare

K = ProvisionKind


def read(sample: str, tracked: Tracked = Tracked.ACCEPT) -> ParsedDraft:
    return read_akn(sample.encode(), tracked)


def nodes(draft: ParsedDraft, kind: ProvisionKind) -> list[ParsedProvision]:
    return [node for node, _depth in walk(draft.provisions) if node.kind is kind]


def said(draft: ParsedDraft) -> list[str]:
    """All words of a tree in reading order, its marks among them."""
    parts = (
        f"{node.marker} {node.heading} {node.text.replace('<br>', ' ')} {node.text_en}"
        for node, _depth in walk(draft.provisions)
    )
    return re.findall(r"[\w§*]+", " ".join(parts))


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_is_lost(name: str) -> None:
    root = etree.fromstring(SAMPLES[name].encode())
    for meta in root.iter("{*}meta"):
        meta.clear(keep_tail=True)
    for deleted in root.iter("{*}del"):
        deleted.text = ""
    written = re.findall(r"[\w§*]+", " ".join(root.itertext()))
    assert sorted(said(read(SAMPLES[name]))) == sorted([*written, *_named_elsewhere(root)])


def _named_elsewhere(root: etree._Element) -> list[str]:
    """What is not in the file is named by the words that it is shown as; a list item has no mark
    of its own."""
    shown = (each.get("showAs") or "" for each in root.iter("{*}componentRef"))
    return " ".join(shown).split()


@pytest.mark.parametrize("name", SAMPLES)
def test_read_and_written_in_our_profile_it_stays_the_same(name: str) -> None:
    draft = read(SAMPLES[name])
    assert bare(read_akn(write_akn(draft, ABOUT))) == bare(draft)


def test_sections_are_articles_where_there_are_no_others() -> None:
    draft = read(COMMONWEALTH)
    assert draft.title == "the use of gardens"
    first, second = nodes(draft, K.ARTICLE)
    assert (first.eid, first.number, first.marker) == ("art_1", "1", "1.")
    assert (first.heading, second.heading) == ("Opening hours", "Fees")
    hours, bicycles = first.children
    assert (hours.kind, hours.number, hours.text) == (K.PARAGRAPH, "1", "A garden is closed:")
    assert [child.number for child in hours.children[:2]] == ["a", "b"]
    assert hours.children[-1].text == "unless the minister decides otherwise."
    assert [child.text for child in bicycles.children] == [
        *("are taken", "on paths", "on roads", "and nowhere else.")
    ]
    assert bicycles.children[2].children[0].number == "A"


def test_tables_and_annexes_are_kept() -> None:
    draft = read(COMMONWEALTH)
    (table,) = nodes(draft, K.TABLE)
    assert table.text.split("\n") == [
        r"| Service | Fee \| dinar |  |",
        "| --- | --- | --- |",
        "| Entry<br>of a group | 5 |  |",
    ]
    (annex,) = nodes(draft, K.ANNEX)
    assert (annex.eid, annex.heading) == ("annex_0", "Schedule of plants")
    assert annex.children[0].text == "Trees\nOlive"


def test_what_is_quoted_is_no_provision_of_its_own() -> None:
    draft = read(EUROPEAN)
    assert draft.title == "تنظيم الحدائق"
    assert [node.number for node in nodes(draft, K.ARTICLE)] == ["1", "2"]
    second = nodes(draft, K.ARTICLE)[1]
    assert second.text.split("\n")[1:] == ["المادة 9", "نص مقتبس."]
    points = nodes(draft, K.POINT)
    assert [point.number for point in points] == ["أ", "ب"]
    assert points[0].text == "الحديقة: مكان\nمزروع؛"
    assert points[1].text == "الحارس: من يحرسها [وإن تعدد] ."
    assert draft.provisions[-1].text == "صدر في عمان"


def test_changes_marked_in_the_text_are_taken_or_left() -> None:
    taken, left = read(ITALIAN), read(ITALIAN, Tracked.REJECT)
    assert "نص مضاف ثابت." in {node.text for node in nodes(taken, K.TEXT)}
    assert "نص محذوف ثابت." in {node.text for node in nodes(left, K.TEXT)}


def test_parts_are_read_where_they_are_referred_to() -> None:
    draft = read(ITALIAN)
    assert draft.provisions[0].kind is K.ARTICLE
    assert draft.provisions[1].text == "الملحق البعيد"
    assert draft.provisions[-1].kind is K.ANNEX
    assert draft.title == "اسم في البيانات"


def test_a_document_without_an_article_is_read_with_a_warning() -> None:
    draft = read(FLAT)
    assert [warning.code for warning in draft.warnings] == ["no_article"]
    assert {node.kind for node, _depth in walk(draft.provisions)} == {K.TEXT}


BOMB = """<?xml version="1.0"?><!DOCTYPE akomaNtoso [<!ENTITY a "ها"><!ENTITY b "&a;&a;&a;&a;">]>
<akomaNtoso><act><body><p>&b;</p></body></act></akomaNtoso>"""
DEEP = document(f"<body>{'<list>' * MAX_DEPTH}<p>نص</p>{'</list>' * MAX_DEPTH}</body>")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB.encode(), "akn_doctype"),
        (BOMB.replace("1.0", '1.0" encoding="UTF-16', 1).encode("utf-16"), "akn_doctype"),
        (
            b"<!-- x --><!DOCTYPE akomaNtoso SYSTEM 'file:///etc/passwd'><akomaNtoso/>",
            "akn_doctype",
        ),
        (b"", "akn_invalid"),
        (b"not xml", "akn_invalid"),
        (EUROPEAN[:900].encode(), "akn_invalid"),
        (EUROPEAN.replace("<body>", "<body>&unknown;").encode(), "akn_invalid"),
        (b"<html><p>x</p></html>", "akn_foreign"),
        (document("<body/>").encode(), "draft_empty"),
        (DEEP.encode(), "akn_deep"),
        (("<a>" * 100_000).encode(), "akn_invalid"),
        (document(f"<body><p>{'ن' * 2_000_001}</p></body>").encode(), "draft_too_long"),
        (document(f"<body>{'<article/>' * 2_001}</body>").encode(), "draft_too_many_articles"),
        (document(f"<body>{'<point/>' * 20_001}</body>").encode(), "draft_too_many_provisions"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_by_its_code(data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_akn(data)
    assert refused.value.code == code


def test_a_fault_is_named_with_its_line() -> None:
    with pytest.raises(DomainError) as refused:
        read_akn(b"<akomaNtoso>\n<act>\n</akomaNtoso>")
    assert refused.value.params["line"] == 3
    assert "act" in str(refused.value.params["what"])
