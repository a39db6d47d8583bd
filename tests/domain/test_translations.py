"""English beside Arabic: matched by id, then by kind and place in the list; kept where it fits."""

from __future__ import annotations

from portal.domain.draft_parsing import parse
from portal.domain.drafts import ProvisionKind
from portal.domain.structure import Row, Rows, eids_of, rows_of
from portal.domain.translations import Attached, attach, carry

ARABIC = """الباب الأول
أحكام عامة

المادة 1: التسمية
يسمى هذا النظام نظام البساتين.

المادة 2:
أ- يروى البستان.
ب- تقاس المياه:
1- يومياً.

المادة 3: السماد
عضوي.
"""


def rows(source: str = ARABIC) -> Rows:
    return rows_of(parse(source).provisions)


def beside(found: Attached | Rows) -> dict[str, tuple[str, str]]:
    """Heading and text in English by id, where there are any."""
    laid = found.rows if isinstance(found, Attached) else found
    pairs = zip(eids_of(laid), laid, strict=True)
    return {
        eid: (row.heading_en, row.text_en) for eid, row in pairs if row.heading_en or row.text_en
    }


def test_it_is_matched_by_id_and_then_by_place_within_what_matched() -> None:
    english = """Part 1
General

Article 1: Title
This is the bylaw of orchards.

Article 2:
(a) The orchard is watered.
(b) Water is measured:
1) daily.
2) weekly.

Article 3
Fertiliser is organic.
"""
    attached = attach(rows(), parse(english).provisions)
    assert beside(attached) == {
        "part_1": ("General", ""),
        "art_1": ("Title", "This is the bylaw of orchards."),
        "art_2__para_a": ("", "The orchard is watered."),
        "art_2__para_b": ("", "Water is measured:"),
        "art_2__para_b__point_1": ("", "daily."),
        "art_3": ("", "Fertiliser is organic."),
    }
    assert attached.matched == 7
    assert attached.left == ("2) weekly.",)
    assert attached.missing == ()


def test_articles_are_found_although_the_translation_names_no_part() -> None:
    attached = attach(rows(), parse("Article 3: Fertiliser\nOrganic.").provisions)
    assert beside(attached) == {"art_3": ("Fertiliser", "Organic.")}
    assert attached.missing == (
        "part_1",
        "art_1",
        "art_2__para_a",
        "art_2__para_b",
        "art_2__para_b__point_1",
    )


def test_a_number_used_twice_gives_each_its_own() -> None:
    arabic = rows("المادة 1:\nأول.\n\nالمادة 1:\nثان.")
    english = parse("Article 1:\nFirst.\n\nArticle 1:\nSecond.\n\nArticle 1:\nThird.")
    attached = attach(arabic, english.provisions)
    assert beside(attached) == {"art_1": ("", "First."), "art_1-2": ("", "Second.")}
    assert attached.left == ("Article 1: Third.",)


def test_what_was_there_stays_where_the_translation_says_nothing() -> None:
    before = attach(rows(), parse("Article 1: Title\nText.").provisions).rows
    after = attach(before, parse("Article 3: Fertiliser").provisions)
    assert set(beside(after)) == {"art_1", "art_3"}


def test_what_found_no_place_is_told_with_all_below_it() -> None:
    attached = attach(rows(), parse("Article 9: Dogs\n(a) None.\n(b) " + "x" * 400).provisions)
    assert attached.left[:2] == ("Article 9: Dogs", "(a) None.")
    assert len(attached.left[2]) == 160
    assert attached.left[2].endswith("…")


def test_english_is_carried_to_the_same_words_wherever_they_stand() -> None:
    old = (
        Row(ProvisionKind.ARTICLE, "1", heading="أ", text="نص", heading_en="A", text_en="text"),
        Row(
            ProvisionKind.ARTICLE, "2", heading="ب", text="نص", heading_en="B", text_en="other text"
        ),
    )
    new = tuple(Row(row.kind, row.number, heading=row.heading, text=row.text) for row in old)
    assert carry(new, old) == old, "the provision of the same id before any other"
    moved = (Row(old[1].kind, "7", heading="ب", text="غير ذلك"),)
    assert beside(carry(moved, old)) == {"art_7": ("B", "")}
    older = (Row(old[0].kind, "9", heading="ج", text="نص", heading_en="C", text_en="older"),)
    assert beside(carry(new, old, older))["art_1"] == ("A", "text")
