"""`flask comment …`: take in comments that came by letter, mail or another system."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

import click
from flask.cli import AppGroup

from portal.adapters.database import begin_write, unit_of_work
from portal.domain.errors import DomainError, Refusals
from portal.domain.submissions import Channel, Point, Target
from portal.formats.comment_files import Incoming, read_comments
from portal.formats.messages import message
from portal.jobs import comment_files, rehinting
from portal.jobs.console import SYSTEM, as_json, read_text, run_or_exit
from portal.jobs.consultations import find, now
from portal.models import Consultation, db
from portal.models.intake import Arrival
from portal.queries.drafts import DocumentView, list_documents
from portal.services.submissions import take_in_by_staff

commands = AppGroup("comment", help="Comments: take them in from a file; hints and groups.")
commands.add_command(comment_files.hints_command)
commands.add_command(comment_files.cluster_command)
commands.add_command(rehinting.rehint_command)
CHANNELS = [Channel.LETTER.value, Channel.EMAIL.value, Channel.IMPORT.value]


@commands.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--consultation", "slug", required=True, help="The consultation they belong to.")
@click.option("--channel", type=click.Choice(CHANNELS), default=Channel.IMPORT.value)
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option("--json", "for_programs", is_flag=True, help="One JSON document instead of words.")
def import_command(
    file: BinaryIO, slug: str, channel: str, dry_run: bool, for_programs: bool
) -> None:
    """Take the rows of FILE in: CSV or JSON by the columns of the matrix.

    `comment` or `proposed_text` is needed; `document` is a document's number, `provision` the id
    of a provision in it, `received` a date. All rows are taken or none. The same file twice is
    taken once.
    """
    with run_or_exit():
        rows = read_comments(read_text(file), Channel(channel))
        if dry_run:
            begin_write()
            taken = _take_in(find(slug), rows)
            db.session.rollback()
        else:
            with unit_of_work():
                taken = _take_in(find(slug), rows)
        _say(taken, for_programs, "would be taken in" if dry_run else "taken in")


def _take_in(consultation: Consultation, rows: list[Incoming]) -> list[int]:
    documents = {document.number: document for document in list_documents(consultation.id)}
    numbers: list[int] = []
    faults: list[DomainError] = []
    for row in rows:
        try:
            numbers += _take_in_row(consultation, documents, row)
        except (DomainError, Refusals) as refused:
            faults += _of_row(row, refused)
    if faults:
        raise Refusals(faults)
    return numbers


def _take_in_row(
    consultation: Consultation, documents: dict[int, DocumentView], row: Incoming
) -> range:
    received = row.received_at or now()
    key = f"{consultation.slug}\n{row}".encode()
    arrival = Arrival(row.channel, received, hashlib.sha256(key).hexdigest(), "ar")
    point = Point(
        target=_target(documents, row),
        text=row.text,
        type=row.type,
        proposed=row.proposed,
        grounds=row.grounds,
        quoted=row.quoted,
        place=row.place,
    )
    db.session.refresh(consultation)
    before = consultation.next_number
    take_in_by_staff(SYSTEM, now(), consultation, row.sender, (point,), arrival)
    db.session.refresh(consultation)
    return range(before, consultation.next_number)


def _of_row(row: Incoming, refused: DomainError | Refusals) -> list[DomainError]:
    """What is wrong, with the row that it is wrong in; out of time is no matter of a row."""
    errors = refused.errors if isinstance(refused, Refusals) else [refused]
    if any(error.status == 409 for error in errors):
        raise refused
    return [
        error
        if "row" in error.params
        else DomainError("row_refused", row=row.row, words=message(error))
        for error in errors
    ]


def _target(documents: dict[int, DocumentView], row: Incoming) -> Target:
    if row.document is None and not row.provision:
        return Target()
    document = documents.get(row.document or 1)
    if document is None:
        raise DomainError("cell_unknown", row=row.row, value=str(row.document))
    if not row.provision:
        return Target(document.id)
    if not document.published:
        raise DomainError("cell_unknown", row=row.row, value=row.provision)
    return Target(document.id, document.published[0].id, row.provision)


def _say(numbers: list[int], for_programs: bool, what: str) -> None:
    if for_programs:
        as_json({"taken_in": len(numbers), "references": numbers})
    else:
        click.echo(f"{len(numbers)} comments {what}.")
