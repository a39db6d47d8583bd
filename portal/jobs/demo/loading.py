"""What both demo consultations need: texts from files, comments with their decisions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import fontpkg
import typst
from flask import current_app
from sqlalchemy import select, update

from portal.adapters import attachments as store
from portal.domain.attachments import FileKind, FileWord
from portal.domain.bilingual import Bilingual
from portal.domain.comments import CommentType
from portal.domain.drafts import DocumentKind
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.redaction import spans_of
from portal.domain.submissions import Governorate, Point, Sender, SenderClass, Target
from portal.domain.visibility import FIELDS
from portal.jobs.demo.people import People
from portal.models import Comment, Consultation, Document, DraftVersion, Provision, db
from portal.models.attaching import files_of
from portal.models.looking import look_over
from portal.services import attachments, consultations, drafts, moderation, submissions
from portal.services.attachments import Upload
from portal.services.moderation import Decision

HERE = Path(__file__).parent


def text(name: str) -> str:
    """A demo text."""
    return (HERE / name).read_text(encoding="utf-8")


def data(name: str) -> Any:
    """A demo table."""
    return json.loads(text(name))


@dataclass(frozen=True, slots=True)
class Place:
    """A demo consultation with its document and first version."""

    consultation: Consultation
    document: Document
    version: DraftVersion


def first_version(
    people: People, at: datetime, consultation: Consultation, kind: DocumentKind, name: str
) -> Place:
    """The document and its first version, with English headings, published."""
    title = Bilingual(consultation.title_ar, consultation.title_en)
    document = consultations.add_document(people.drafter, at, consultation, kind, title)
    return Place(consultation, document, publish(people, at, consultation, document, name))


def publish(
    people: People, at: datetime, consultation: Consultation, document: Document, name: str
) -> DraftVersion:
    """Read the text `NAME.md` in as the next version and publish it."""
    version, _parsed = drafts.import_text(people.drafter, at, document, text(f"{name}.md"))
    headings = data("headings.json")[name]
    for eid, heading in headings.items():
        db.session.execute(
            update(Provision)
            .where(Provision.version_id == version.id, Provision.eid == eid)
            .values(heading_en=heading)
        )
    for eid, translated in data("translation.json").get(name, {}).items():
        db.session.execute(
            update(Provision)
            .where(Provision.version_id == version.id, Provision.eid == eid)
            .values(text_en=translated)
        )
    drafts.publish_version(people.drafter, at, consultation, version)
    return version


def send_all(people: People, place: Place, name: str, first: datetime) -> list[dict[str, Any]]:
    """Send the submissions of `NAME.json`, decide as it says; gives its comments, numbered."""
    said: list[dict[str, Any]] = []
    for index, entry in enumerate(data(f"{name}.json")):
        at = first + timedelta(hours=7 * index)
        sent = submissions.submit(
            at,
            place.consultation,
            _sender(entry["sender"]),
            tuple(_point(at, place, each) for each in entry["comments"]),
            form_key=f"demo-{name}-{index}",
            language="ar",
        )
        look_over(place.consultation.id, at)
        query = select(Comment).where(Comment.submission_id == sent.id).order_by(Comment.number)
        for comment, each in zip(db.session.scalars(query), entry["comments"], strict=True):
            _decide(people, at + timedelta(hours=3), comment, each)
            if each.get("withdraw"):
                submissions.withdraw_comment(at + timedelta(hours=5), sent.code, comment.number)
            said.append({**each, "number": comment.number, "code": sent.code})
    return said


def _sender(given: dict[str, Any]) -> Sender:
    return Sender(
        sender_class=SenderClass(given["class"]),
        name=given.get("name", ""),
        name_public=given.get("name_public", False),
        organisation=given.get("organisation", ""),
        governorate=Governorate(given["governorate"]) if "governorate" in given else None,
        email=given.get("email", ""),
        confidential=given.get("confidential", False),
    )


def _point(at: datetime, place: Place, given: dict[str, Any]) -> Point:
    eid = given.get("eid")
    target = Target(place.document.id, place.version.id, eid) if eid else Target()
    return Point(
        target=target,
        text=given["text"],
        type=CommentType(given["type"]),
        proposed=given.get("proposed", ""),
        grounds=given.get("grounds", ""),
        quoted=given.get("quoted", ""),
        files=tuple(_file(at, each) for each in given.get("files", ())),
    )


def _file(at: datetime, given: dict[str, Any]) -> str:
    """A page of PDF, kept as if it were sent; gives its token."""
    words = f'#set text(lang: "ar", dir: rtl, font: "Amiri")\n{given["text"]}'
    fonts = typst.Fonts(
        include_system_fonts=False, font_paths=[str(Path(fontpkg.path("Amiri", 400)).parent)]
    )
    page = bytes(typst.compile(words.encode(), font_paths=fonts))
    stored = store.keep(current_app.extensions["settings"].data, page)
    return attachments.keep(at, Upload(given["name"], FileKind.PDF, stored, page, page))


def _decide(people: People, at: datetime, comment: Comment, given: dict[str, Any]) -> None:
    if not given.get("outcome"):
        return
    ground = Ground(given["ground"]) if "ground" in given else None
    fields = {field: getattr(comment, field) for field in FIELDS}
    masked = given.get("mask")
    spans = spans_of(masked, fields, ground) if masked and ground else ()
    outcome = Outcome(given["outcome"])
    files = tuple(
        FileWord(each.id, None)
        for each, file in zip(files_of(comment.id), given.get("files", ()), strict=True)
        if file.get("show")
    )
    decision = Decision(outcome, comment.revision, ground, given.get("note", ""), spans, files)
    moderation.decide(people.moderator, at, comment, decision)
