"""What can happen to a draft: read, corrected, published, and then never changed."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from portal.domain.bilingual import Bilingual
from portal.domain.draft_parsing import parse
from portal.domain.draft_sources import SourceDraft
from portal.domain.draft_tree import DraftWarning, walk
from portal.domain.drafts import DocumentKind, DraftFormat, ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.record import Entry, commitment
from portal.domain.structure import eids_of, rows_of
from portal.domain.text import squeeze
from portal.formats.canonical import canonical
from portal.models import DraftVersion, Provision, RecordEntry, db
from portal.models.structure import load_rows, text_digest
from portal.queries.drafts import ProvisionView, read_tree
from portal.services import consultations, drafts, structure
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import START
from tests.shared import DRAFT_LAW, needs_shared


@pytest.fixture
def place(cast: Cast) -> Open:
    """A consultation whose document has a published version and a working one."""
    ready = made.prepare(cast)
    version, _ = drafts.import_text(cast.drafter, START, ready.document, DRAFT)
    return Open(ready.consultation, ready.document, version)


def eids(tree: tuple[ProvisionView, ...]) -> list[str]:
    return [eid for each in tree for eid in (each.eid, *eids(each.children))]


def count(version: DraftVersion) -> int:
    query = db.select(db.func.count(Provision.id)).where(Provision.version_id == version.id)
    return db.session.scalar(query) or 0


def test_a_text_becomes_a_tree_of_provisions(place: Open) -> None:
    tree = read_tree(place.version.id)
    assert eids(tree)[1:] == ["art_1", "art_2", "art_2__para_a", "art_2__para_b", "art_3"]
    article = tree[2]
    assert (article.number, article.heading.ar) == ("2", "ساعات العمل")
    assert [child.number for child in article.children] == ["أ", "ب"]


@needs_shared
def test_the_real_draft_law_is_kept_word_for_word(cast: Cast) -> None:
    source = DRAFT_LAW.read_text(encoding="utf-8")
    ready = made.prepare(cast, slug="data-protection", source=source)
    version, parsed = drafts.import_text(cast.drafter, START, ready.document, source)
    tree = read_tree(version.id)
    kept = db.session.scalars(
        db.select(Provision).where(Provision.version_id == version.id).order_by(Provision.position)
    )
    words = " ".join(f"{each.marker} {each.heading} {each.text}" for each in kept)
    assert "".join(words.split()) == "".join(source.split())
    assert sum(each.kind is ProvisionKind.ARTICLE for each, _ in walk(parsed.provisions)) == 24
    assert [each.number for each in tree if each.kind is ProvisionKind.ARTICLE] == [
        str(number) for number in range(1, 25)
    ]
    assert squeeze(version.title)


def test_a_version_in_preparation_is_replaced_and_a_published_one_is_followed(
    cast: Cast, place: Open
) -> None:
    assert place.version.number == 2
    again, _ = drafts.import_text(cast.drafter, START, place.document, "المادة 1:\nنص آخر.")
    assert (again.id, again.number) == (place.version.id, 2)
    assert eids(read_tree(again.id)) == ["art_1"]
    drafts.publish_version(cast.drafter, START, place.consultation, again)
    third, _ = drafts.import_text(cast.drafter, START, place.document, DRAFT)
    assert third.number == 3


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "draft_empty"),
        (" \n\t", "draft_empty"),
        ("المادة 1:\nنص\x00", "control_characters"),
        ("المادة 1:\nنص\ud800", "control_characters"),
        ("ا" * 2_000_001, "draft_too_long"),
        ("".join(f"المادة {n}:\nنص.\n" for n in range(1, 10_001)), "draft_too_many_articles"),
    ],
)
def test_a_bad_text_is_refused_and_the_one_before_stays(
    cast: Cast, place: Open, source: str, code: str
) -> None:
    before = count(place.version)
    with pytest.raises(DomainError, match=code) as refused:
        drafts.import_text(cast.drafter, START, place.document, source)
    assert refused.value.field == "source"
    assert count(place.version) == before
    assert place.version.source == DRAFT


def test_a_draft_with_no_article_is_taken_and_not_published(cast: Cast) -> None:
    ready = made.prepare(cast)
    version, parsed = drafts.import_text(cast.drafter, START, ready.document, "كلام بلا مواد.")
    assert [warning.code for warning in parsed.warnings] == ["no_article"]
    with pytest.raises(DomainError, match="draft_no_article"):
        drafts.publish_version(cast.drafter, START, ready.consultation, version)
    assert version.published_at is None


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x07"])
def test_a_text_that_can_read_as_another_is_kept_and_not_published(cast: Cast, hidden: str) -> None:
    ready = made.prepare(cast)
    source = f"المادة 1:\nنص.\n\nالمادة 2:\nأ- نص{hidden}."
    version, parsed = drafts.import_text(cast.drafter, START, ready.document, source)
    assert [warning.code for warning in parsed.warnings] == ["hidden_characters"]
    assert version.source == source
    with pytest.raises(DomainError, match="hidden_in_text") as refused:
        drafts.publish_version(cast.drafter, START, ready.consultation, version)
    assert refused.value.params["place"] == "art_2__para_a"
    assert version.published_at is None
    structure.remove_unseen(cast.drafter, START, version, version.revision)
    drafts.publish_version(cast.drafter, START, ready.consultation, version)


def test_a_published_version_says_what_it_was_made_from(cast: Cast, place: Open) -> None:
    drafts.publish_version(cast.drafter, START, place.consultation, place.version)
    assert place.version.source_sha256 == hashlib.sha256(DRAFT.encode()).hexdigest()
    assert (place.version.published_at, place.version.published_by) == (
        START,
        cast.drafter.user_id,
    )


def test_the_digest_is_that_of_the_provisions_and_lies_in_the_record(
    cast: Cast, place: Open
) -> None:
    before = text_digest(place.version.id)
    db.session.execute(
        db.update(Provision)
        .where(Provision.version_id == place.version.id, Provision.eid == "art_3")
        .values(text_en="Cycling")
    )
    drafts.publish_version(cast.drafter, START, place.consultation, place.version)
    assert place.version.text_sha256 == text_digest(place.version.id) != before
    leaf = db.session.scalars(
        db.select(RecordEntry)
        .where(RecordEntry.kind == Entry.VERSION_PUBLISHED)
        .order_by(RecordEntry.id.desc())
    ).first()
    assert leaf is not None
    content = {
        "consultation": place.consultation.slug,
        "document": place.document.id,
        "version": 2,
        "source": place.version.source_sha256,
        "text": place.version.text_sha256,
    }
    assert leaf.commitment == commitment(bytes.fromhex(leaf.salt), canonical(content))


def test_what_is_to_be_confirmed_or_was_changed_since_is_not_published(
    cast: Cast, place: Open
) -> None:
    place.version.to_confirm = True
    with pytest.raises(DomainError, match="draft_to_confirm"):
        drafts.publish_version(cast.drafter, START, place.consultation, place.version)
    place.version.to_confirm = False
    seen = place.version.revision
    place.version.revision += 1
    with pytest.raises(DomainError, match="corrected_since"):
        drafts.publish_version(cast.drafter, START, place.consultation, place.version, seen)
    assert place.version.published_at is None


def test_the_next_version_begins_as_the_published_one_is(cast: Cast, place: Open) -> None:
    with pytest.raises(DomainError, match="working_version_there"):
        drafts.begin_next(cast.drafter, START, place.document)
    add = db.update(Provision).where(Provision.version_id == place.version.id)
    db.session.execute(add.where(Provision.eid == "art_1").values(heading_en="Title"))
    drafts.publish_version(cast.drafter, START, place.consultation, place.version)
    begun = drafts.begin_next(cast.drafter, START, place.document)
    assert (begun.number, begun.title) == (3, place.version.title)
    assert load_rows(begun.id) == load_rows(place.version.id)
    assert rows_of(parse(begun.source).provisions) == tuple(
        replace(row, heading_en="", text_en="") for row in load_rows(begun.id)
    )


def test_nothing_follows_what_is_not_published(cast: Cast) -> None:
    ready = made.prepare(cast)
    title = Bilingual("وثيقة ثانية")
    second = consultations.add_document(
        cast.drafter, START, ready.consultation, DocumentKind.POLICY, title
    )
    with pytest.raises(DomainError, match="nothing_published"):
        drafts.begin_next(cast.drafter, START, second)


def test_english_stays_beside_words_that_did_not_change(cast: Cast, place: Open) -> None:
    add = db.update(Provision).where(Provision.version_id == place.version.id)
    english = {
        "art_2": {"heading_en": "Hours"},
        "art_2__para_a": {"text_en": "Opens at seven."},
        "art_3": {"heading_en": "Cycling", "text_en": "Allowed on its paths."},
    }
    for eid, values in english.items():
        db.session.execute(add.where(Provision.eid == eid).values(**values))
    again = DRAFT.replace("المادة 3", "المادة 4").replace("من السابعة", "من السادسة")
    drafts.import_text(cast.drafter, START, place.document, again)
    rows = load_rows(place.version.id)
    found = {
        eid: (row.heading_en, row.text_en) for eid, row in zip(eids_of(rows), rows, strict=True)
    }
    assert found["art_2"] == ("Hours", "")
    assert found["art_2__para_a"] == ("", ""), "its Arabic is another now"
    assert found["art_4"] == ("Cycling", "Allowed on its paths."), "it only has another number"


def test_what_a_file_is_goes_into_the_version(cast: Cast, place: Open) -> None:
    warning = DraftWarning("number_unread", 3, {"found": "المادة كذا:"})
    parsed = replace(parse(DRAFT), warnings=(warning, DraftWarning("no_article", 0, {})))
    draft = SourceDraft(DraftFormat.PDF, DRAFT, parsed, page_lines=(1, 7), to_confirm=True)
    version = drafts.import_source(cast.drafter, START, place.document, draft, "law.pdf", "a" * 64)
    assert (version.format, version.file_name, version.file_sha256) == (
        DraftFormat.PDF,
        "law.pdf",
        "a" * 64,
    )
    assert (version.page_lines, version.to_confirm) == ([1, 7], True)
    kept = {"code": "number_unread", "line": 3, "params": {"found": "المادة كذا:"}}
    assert version.file_warnings == [kept], "what the structure tells is found anew each time"


def test_a_published_version_is_refused_by_the_service_first(cast: Cast, place: Open) -> None:
    drafts.publish_version(cast.drafter, START, place.consultation, place.version)
    with pytest.raises(DomainError, match="version_published"):
        drafts.publish_version(cast.drafter, START, place.consultation, place.version)


def test_the_database_itself_keeps_what_is_published(cast: Cast, place: Open) -> None:
    drafts.publish_version(cast.drafter, START, place.consultation, place.version)
    version_id = place.version.id
    more = {"position": 99, "depth": 0, "eid": "art_99", "kind": ProvisionKind.ARTICLE}
    db.session.commit()
    of_it = Provision.version_id == version_id
    for statement in (
        db.update(Provision).where(of_it).values(text="كلام آخر"),
        db.delete(Provision).where(of_it),
        db.insert(Provision).values(version_id=version_id, **more),
        db.update(DraftVersion).where(DraftVersion.id == version_id).values(title="x"),
        db.update(DraftVersion).where(DraftVersion.id == version_id).values(published_at=None),
        db.delete(DraftVersion).where(DraftVersion.id == version_id),
    ):
        with pytest.raises(DBAPIError, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()


def test_documents_of_one_consultation_are_numbered_on(cast: Cast, place: Open) -> None:
    title = Bilingual("وثيقة ثانية")
    second = consultations.add_document(
        cast.drafter, START, place.consultation, DocumentKind.POLICY, title
    )
    assert (place.document.number, second.number) == (1, 2)
