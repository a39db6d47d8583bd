"""The number of queries of every read stays what it is, however much there is to read."""

from __future__ import annotations

from collections.abc import Callable

from portal.domain.bilingual import Bilingual
from portal.domain.drafts import DocumentKind
from portal.domain.participation import parse_report
from portal.models import db
from portal.queries.changes import load_changes
from portal.queries.consultations import count_totals, find_page, find_scope, list_public
from portal.queries.drafts import list_documents, list_targets, read_tree, reading_of
from portal.queries.margins import Margins, load_margins
from portal.queries.standing import count_orphans, orphans, spots, standings
from portal.services import consultations, drafts
from portal.services.participation import take_in_report
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.factories.reports import EXAMPLE_REPORT
from tests.fixtures.apps import START, Clock
from tests.fixtures.statements import counted

Read = Callable[[int, int], object]
READS: dict[str, tuple[Read, int]] = {
    "scope": (lambda consultation, version: find_scope("gardens", START), 1),
    "page": (lambda consultation, version: find_page("gardens", START), 3),
    "public list": (lambda consultation, version: list_public(START), 1),
    "totals": (lambda consultation, version: count_totals(), 2),
    "documents": (lambda consultation, version: list_documents(consultation), 2),
    "text": (lambda consultation, version: read_tree(version), 1),
    "targets": (lambda consultation, version: list_targets(consultation), 3),
    "margins": (lambda consultation, version: margins(consultation, version), 5),
    "standings": (lambda consultation, version: standings([1, 2]), 1),
    "orphans": (lambda consultation, version: orphans(consultation, 1), 2),
    "counted orphans": (lambda consultation, version: count_orphans(consultation), 1),
    "spots": (lambda consultation, version: spots(1), 1),
    "changes": (lambda consultation, version: load_changes(consultation), 4),
}


def margins(consultation_id: int, version_id: int) -> Margins:
    return load_margins(consultation_id, version_id, reading_of(read_tree(version_id)))


def much(cast: Cast, clock: Clock, place: Open) -> None:
    """More of everything: documents, versions, comments, workshops, extensions, consultations."""
    for number in range(4):
        title = Bilingual(f"وثيقة {number}")
        document = consultations.add_document(
            cast.drafter, START, place.consultation, DocumentKind.POLICY, title
        )
        for turn in range(3):
            source = DRAFT.replace("السابعة", f"السابعة و{turn}")
            version, _ = drafts.import_text(cast.drafter, START, document, source)
            drafts.publish_version(cast.drafter, START, place.consultation, version)
        made.open_one(cast, clock, slug=f"gardens-{number}")
        made.send(place, clock, *[f"ملاحظة {each}" for each in range(10)])
        report = EXAMPLE_REPORT.replace("البيدر", f"البيدر {number}")
        take_in_report(cast.drafter, clock(), place.consultation, parse_report(report), report)
        consultations.extend(
            cast.drafter,
            clock(),
            place.consultation,
            closes_at=place.consultation.closes_at.replace(minute=number + 1),
            reason=Bilingual("سبب"),
        )
    db.session.commit()


def test_reads_do_not_ask_more_often_when_there_is_more(cast: Cast, clock: Clock) -> None:
    place = made.open_one(cast, clock)
    made.send(place, clock, "ملاحظة")
    consultation_id, version_id = place.consultation.id, place.version.id

    def asked() -> dict[str, int]:
        found = {}
        for name, (read, _most) in READS.items():
            with counted() as sent:
                read(consultation_id, version_id)
            found[name] = len(sent)
        return found

    little = asked()
    assert all(little[name] <= most for name, (_read, most) in READS.items())
    much(cast, clock, place)
    assert asked() == {name: most for name, (_read, most) in READS.items()}
