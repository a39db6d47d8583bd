"""A drafter's editor without script: acts on the structure, what is refused, what is confirmed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from portal.domain.draft_parsing import parse
from portal.domain.draft_sources import SourceDraft
from portal.domain.drafts import DraftFormat
from portal.models import DraftVersion, Provision, db
from portal.models.structure import load_rows
from portal.services import drafts
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import START
from tests.fixtures.desk import Desk

HERE = "/consultations/gardens/documents/1"
VERSION = f"{HERE}/versions/2"


@pytest.fixture
def place(cast: Cast) -> Open:
    return made.followed(cast)


@pytest.fixture
def drafter(web: Flask, cast: Cast, place: Open) -> Desk:
    return Desk(web, cast.drafter)


def version() -> DraftVersion:
    return db.session.scalars(db.select(DraftVersion).where(DraftVersion.number == 2)).one()


def do(desk: Desk, act: str, eid: str, **typed: str) -> str:
    """An act on a provision, with the revision that stands there; gives the id it leads to."""
    revision = str(version().revision)
    there = desk.done(f"{VERSION}/structure", act=act, eid=eid, revision=revision, **typed)
    return there.partition("at=")[2].partition("&")[0]


def test_the_structure_is_corrected_undone_and_made_again(drafter: Desk) -> None:
    assert do(drafter, "down", "art_2__para_a") == "art_2__para_a"
    assert do(drafter, "number_on", "art_2__para_b", number="أ") == "art_2__para_a"
    assert [row.text[:4] for row in load_rows(version().id)[3:5]] == ["تغلق", "تفتح"]
    page = drafter.get(f"{VERSION}?at=art_2__para_a")
    assert re.search(r'value="art_2__para_a"[^>]* checked autofocus', page)
    assert "ترقيم من هنا" in page, "what was done is listed"
    do(drafter, "undo", "")
    do(drafter, "undo", "")
    assert load_rows(version().id)[3].number == "أ"
    do(drafter, "redo", "")
    assert load_rows(version().id)[3].number == "ب"


def test_each_button_does_its_act(drafter: Desk) -> None:
    assert do(drafter, "insert", "art_3") == "art_4"
    assert do(drafter, "kind", "art_4", kind="section") == "sec_4"
    assert do(drafter, "renumber", "sec_4", number="٩") == "sec_9"
    assert do(drafter, "delete", "sec_9") == "art_3"
    assert do(drafter, "indent", "art_2__para_b") == "art_2__para_a__para_b"
    assert do(drafter, "outdent", "art_2__para_a__para_b") == "art_2__para_b"
    assert do(drafter, "join", "art_2__para_b") == "art_2__para_a"
    assert do(drafter, "up", "art_3") == "art_3"


def test_splitting_offers_places_and_takes_one(drafter: Desk) -> None:
    where = f"{VERSION}/provisions/art_2__para_a"
    form = {"revision": "1", "act": "split", "eid": "art_2__para_a"}
    assert drafter.done(f"{VERSION}/structure", **form).endswith(f"{where}#split")
    text = "تفتح صباحاً. ب- وتغلق مساءً"
    typed = {"kind": "paragraph", "number": "أ", "text": text, "revision": "1"}
    drafter.done(where, **typed)
    page = drafter.get(where)
    assert re.search(r'value="13"[^>]*checked', page), "the marker that stands there comes first"
    drafter.done(f"{where}/split", position="13", revision="2")
    rows = load_rows(version().id)
    assert [(row.number, row.text) for row in rows[3:5]] == [
        ("أ", "تفتح صباحاً."),
        ("ب", "وتغلق مساءً"),
    ]


def test_the_cursor_splits_what_was_typed_with_white_space_before_it(drafter: Desk) -> None:
    text = "\r\n  تفتح صباحاً.\r\nوتغلق مساءً."
    typed = {"kind": "paragraph", "number": "أ", "text": text, "revision": "1"}
    position = str(text.replace("\r\n", "\n").index("وتغلق"))
    drafter.done(f"{VERSION}/provisions/art_2__para_a", **typed, position=position)
    rows = load_rows(version().id)
    assert [row.text for row in rows[3:5]] == ["تفتح صباحاً.", "وتغلق مساءً."]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"act": "join", "eid": ""}, "اختر حكماً"),
        ({"act": "indent", "eid": "art_3"}, "مادة"),
        ({"act": "delete", "eid": "art_3"}, "كلمة"),
        ({"act": "renumber", "eid": "art_3", "number": " "}, "الرقم"),
        ({"act": "kind", "eid": "art_3", "kind": ""}, "النوع"),
    ],
)
def test_a_refused_act_says_why_and_keeps_the_choice(
    drafter: Desk, typed: dict[str, str], words: str
) -> None:
    form: dict[str, Any] = {"revision": "1", **typed}
    page = drafter.refused(f"{VERSION}/structure", **form)
    assert words in re.findall(r'<div class="summary".*?</div>', page, re.DOTALL)[0]
    if typed["eid"]:
        assert re.search(rf'value="{typed["eid"]}"[^>]* checked', page)


def test_what_is_typed_over_anothers_correction_is_kept_and_not_recorded(drafter: Desk) -> None:
    do(drafter, "insert", "art_1")
    where = f"{VERSION}/provisions/art_3"
    typed = {"kind": "article", "number": "3", "heading": "العجلات", "text": "تُمنع."}
    page = drafter.refused(where, status=409, **typed, revision="1")
    assert "drafter (example)" in page
    assert "إضافة حكم" in page
    assert "العجلات" in page
    assert "الدراجات" in page, "beside it, as it stands"
    current = re.search(r'name="revision" value="(\d+)"', page)
    assert current is not None
    drafter.done(where, **typed, revision=current[1])
    drafter.refused(f"{VERSION}/structure", status=409, act="up", eid="art_3", revision="1")


def test_what_is_typed_for_what_got_another_number_meanwhile_is_kept(drafter: Desk) -> None:
    do(drafter, "renumber", "art_3", number="7")
    typed = {"kind": "article", "number": "3", "heading": "العجلات", "text": "تُمنع."}
    page = drafter.refused(f"{VERSION}/provisions/art_3", status=409, **typed, revision="1")
    assert "العجلات" in page
    assert "تغيير الرقم" in page


def test_a_warning_is_of_the_structure_as_it_is_now(drafter: Desk) -> None:
    do(drafter, "renumber", "art_3", number="5")
    page = drafter.get(VERSION)
    assert 'href="#art_5"' in page
    assert 'id="art_5"' in page
    do(drafter, "renumber", "art_5", number="3")
    assert 'id="warnings"' not in drafter.get(VERSION)


def test_characters_that_nobody_sees_are_shown_and_removed_on_request(drafter: Desk) -> None:
    drafter.done(f"{HERE}/versions/new", source=DRAFT.replace("الغروب", "الغر\u200bوب"))
    page = drafter.get(VERSION)
    shown = '<code class="unseen">U+200B</code>'
    assert page.count(shown) == 2, "in the structure and in the source"
    drafter.done(f"{VERSION}/clean", revision=str(version().revision))
    assert drafter.get(VERSION).count(shown) == 1
    assert "\u200b" not in load_rows(version().id)[3].text


def test_a_pdf_is_published_only_after_somebody_compared_it(
    web: Flask, cast: Cast, place: Open, drafter: Desk
) -> None:
    draft = SourceDraft(DraftFormat.PDF, DRAFT, parse(DRAFT), page_lines=(1, 6), to_confirm=True)
    drafts.import_source(cast.drafter, START, place.document, draft, "law.pdf", "a" * 64)
    db.session.commit()
    page = drafter.get(f"{VERSION}?at=art_3")
    assert f"{VERSION}/pages/2.png" in page, "the page on which the chosen article stands"
    assert "المادة 1: التسمية" not in page, "the text of that page alone is beside it"
    assert "مقابلة" in page or "قابلت" in page
    drafter.refused(f"{VERSION}/publish")
    revision = str(version().revision)
    drafter.refused(f"{VERSION}/confirm", revision=revision)
    drafter.done(f"{VERSION}/confirm", revision=revision, compared="yes")
    drafter.done(f"{VERSION}/publish", revision=str(version().revision))


def test_pictures_of_pages_are_made_once(
    web: Flask, cast: Cast, place: Open, drafter: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_of: list[int] = []

    def render(_data: bytes, page: int, _width: int) -> bytes:
        made_of.append(page)
        return b"\x89PNG"

    monkeypatch.setattr("portal.web.desk.drafts.render_page", render)
    monkeypatch.setattr("portal.adapters.originals.load", lambda *_args: b"%PDF")
    draft = SourceDraft(DraftFormat.PDF, DRAFT, parse(DRAFT), page_lines=(1, 6))
    drafts.import_source(cast.drafter, START, place.document, draft, "law.pdf", "a" * 64)
    db.session.commit()
    for _ in range(2):
        answer = drafter.client.get(f"/ar/desk{VERSION}/pages/2.png")
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        assert answer.headers["Cache-Control"].startswith("private")
    assert made_of == [2]
    drafter.get(f"{VERSION}/pages/3.png", status=404)


def test_the_next_version_begins_from_this_one(web: Flask, drafter: Desk) -> None:
    drafter.refused(f"{HERE}/versions/next", status=409)
    drafter.done(f"{VERSION}/publish")
    assert drafter.done(f"{HERE}/versions/next").endswith(f"{HERE}/versions/3")
    assert "ساعات العمل" in drafter.get(f"{HERE}/versions/3")
    button = "إعداد النسخة التالية"
    assert button not in drafter.get(VERSION), "one is being prepared already"
    drafter.done(f"{HERE}/versions/3/publish")
    assert button in drafter.get(f"{HERE}/versions/3")
    assert button in drafter.get(VERSION), "it is how a later version is taken back"


def test_a_published_version_cannot_be_corrected_on_screen(drafter: Desk) -> None:
    drafter.done(f"{VERSION}/publish")
    drafter.refused(f"{VERSION}/publish", status=409)
    typed = {"kind": "article", "number": "2", "heading": "غير ما نُشر", "revision": "1"}
    drafter.refused(f"{VERSION}/provisions/art_2", status=409, **typed)
    for act in ("up", "undo"):
        drafter.refused(f"{VERSION}/structure", status=409, act=act, eid="art_3", revision="1")
    drafter.refused(f"{VERSION}/clean", status=409, revision="1")
    drafter.refused(f"{VERSION}/translation", status=409, source="Article 1:\nText.")
    assert "غير ما نُشر" not in db.session.scalars(db.select(Provision.heading)).all()
    assert 'type="radio" name="eid"' not in drafter.get(VERSION)


def test_a_large_draft_is_folded_and_its_articles_are_opened(
    web: Flask, cast: Cast, place: Open, drafter: Desk
) -> None:
    source = "\n".join(
        f"المادة {n}: عنوان {n}\n" + "\n".join(f"{k}- نص {n}.{k}" for k in range(1, 6))
        for n in range(1, 1001)
    )
    drafts.import_text(cast.drafter, START, place.document, source)
    db.session.commit()
    folded = drafter.get(VERSION)
    assert folded.count('name="eid"') == 600
    assert "at=art_601" in folded, "the rest is a link"
    opened = drafter.get(f"{VERSION}?at=art_700__point_2")
    assert "نص 700.5" in opened
    assert "نص 701.5" not in opened
    assert do(drafter, "down", "art_700__point_2") == "art_700__point_2"
