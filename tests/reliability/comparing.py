"""What was acknowledged against what is kept, what is on record and what is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portal.domain.record import Entry
from portal.formats.record_files.checking import Key
from portal.formats.record_files.checking_receipt import check_receipt
from portal.models import (
    Comment,
    Consultation,
    ModerationDecision,
    RecordEntry,
    RecordLeaf,
    Submission,
    db,
)
from portal.queries.own_record import own_findings
from portal.queries.proofs import notes_until, public_keys
from tests.factories.record import receipt
from tests.reliability.editions import editions
from tests.reliability.people import Crew
from tests.reliability.preparing import BUSY


def compare(crew: Crew) -> Iterator[str]:
    """Every way in which what is kept differs from what was acknowledged."""
    yield from crew.faults
    yield from (f"receipt {code} was given twice" for code in crew.twice)
    yield from _submissions(crew.receipts)
    yield from _numbers()
    yield from _counts()
    yield from _decisions(crew.decided)
    yield from editions(crew.approver)
    yield from _record()
    yield from _receipts(crew.receipts)
    yield from _witnessed(crew)


def _submissions(receipts: dict[str, tuple[str, ...]]) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    query = db.select(Submission.code, Comment.text).join(
        Comment, Comment.submission_id == Submission.id
    )
    for code, text in db.session.execute(query.order_by(Comment.number)):
        found.setdefault(code, []).append(text)
    for code, texts in receipts.items():
        if found.get(code) != list(texts):
            yield f"receipt {code} has {found.get(code)}, sent were {texts}"
    times = Counter(text for texts in found.values() for text in texts)
    yield from (f"{text} is kept {often} times" for text, often in times.items() if often > 1)


def _numbers() -> Iterator[str]:
    query = db.select(Comment.number).join(Consultation).where(Consultation.slug == BUSY)
    numbers = list(db.session.scalars(query.order_by(Comment.number)))
    if numbers != list(range(1, len(numbers) + 1)):
        yield "the numbers of comments have gaps"


def _counts() -> Iterator[str]:
    counts = db.session.execute(
        db.select(RecordEntry.kind, db.func.count()).group_by(RecordEntry.kind)
    )
    entries = {row[0]: row[1] for row in counts}
    sent = db.session.scalar(db.select(db.func.count()).select_from(Submission))
    decided = db.session.scalar(db.select(db.func.count()).select_from(ModerationDecision))
    if entries.get(Entry.RECEIVED, 0) != sent:
        yield f"{sent} submissions, {entries.get(Entry.RECEIVED, 0)} on record"
    if entries.get(Entry.MODERATED, 0) != decided:
        yield f"{decided} decisions, {entries.get(Entry.MODERATED, 0)} on record"


def _decisions(decided: dict[int, str]) -> Iterator[str]:
    query = (
        db.select(Comment.number, ModerationDecision.outcome)
        .join(ModerationDecision, ModerationDecision.comment_id == Comment.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .where(Consultation.slug == BUSY)
    )
    found = {number: str(outcome) for number, outcome in db.session.execute(query)}
    for number, outcome in decided.items():
        if found.get(number) != outcome:
            yield f"comment {number}: {found.get(number)}, decided was {outcome}"


def _record() -> Iterator[str]:
    """What `record check` says; and that every entry has its place in the tree."""
    yield from (f"record: {each}" for each in own_findings() if each.holds is not True)
    waiting = db.select(db.func.count()).where(RecordLeaf.position.is_(None))
    if db.session.scalar(waiting):
        yield "leaves have no place in the tree"


def _receipts(receipts: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Each receipt as the verifier sees it: its words, its leaf, its place in the signed tree."""
    keys = [Key(each.verifier) for each in public_keys()]
    for code in receipts:
        found = check_receipt(receipt(code), keys)
        odd = [each.code for each in found if each.holds is not True]
        if odd:
            yield f"receipt {code}: {odd}"


def _witnessed(crew: Crew) -> Iterator[str]:
    """Every checkpoint that was seen on the way is one of those that stand."""
    standing = set(notes_until(2**31 - 1))
    for file in crew.notes.glob("checkpoint-*.txt"):
        if file.read_text(encoding="utf-8") not in standing:
            yield f"{file.name} was seen and stands no more"
