"""Comments from a file: CSV or JSON by the columns of the matrix."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from portal.domain.comments import CommentType
from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import whole
from portal.domain.matrices import COLUMNS
from portal.domain.submissions import Channel, Governorate, Sender, SenderClass
from portal.formats.dates import AMMAN

# Columns that are read; the others of the matrix are allowed and left alone.
EXTRA = ("email", "governorate", "place")
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row of a file. `document` is the number of a document, `provision` an id in it."""

    row: int
    text: str
    proposed: str
    grounds: str
    quoted: str
    type: CommentType
    document: int | None
    provision: str
    place: str
    sender: Sender
    channel: Channel
    received_at: datetime | None


def read_comments(text: str, default: Channel) -> list[Incoming]:
    """The rows of a CSV or JSON text. Raises `Refusals` naming row and column of each fault."""
    rows = _json_rows(text) if text.lstrip().startswith(("[", "{")) else _csv_rows(text)
    if not rows:
        raise DomainError("file_empty")
    faults: list[DomainError] = []
    found: list[Incoming] = []
    for number, row in enumerate(rows, start=2):
        try:
            found.append(_incoming(number, row, default))
        except DomainError as error:
            faults.append(error)
    if faults:
        raise Refusals(faults)
    return found


def _csv_rows(text: str) -> list[dict[str, str]]:
    # Line ends as they come, or a lone CR in a quoted cell would end the reading.
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        _check_columns(reader.fieldnames or ())
        return [{name: value or "" for name, value in row.items() if name} for row in reader]
    except csv.Error as error:
        raise DomainError("file_not_csv", line=reader.line_num) from error


def _json_rows(text: str) -> list[dict[str, str]]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DomainError("file_not_json") from error
    rows = content.get("rows") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DomainError("file_not_json")
    for row in rows:
        _check_columns(row)
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _check_columns(names: Any) -> None:
    unknown = [name for name in names if name not in (*COLUMNS, *EXTRA, "late")]
    if unknown:
        raise DomainError("column_unknown", column=str(unknown[0]))
    if "comment" not in names and "proposed_text" not in names:
        raise DomainError("column_missing", column="comment")


def _incoming(number: int, row: dict[str, str], default: Channel) -> Incoming:
    def cell(name: str) -> str:
        return row.get(name, "").strip()

    name = cell("submitter")
    sender = Sender(
        sender_class=_code(SenderClass, cell("submitter_class"), SenderClass.CITIZEN, number),
        name=name,
        name_public=bool(name),
        organisation=cell("on_behalf_of"),
        governorate=_governorate(cell("governorate"), number),
        email=cell("email"),
    )
    if not cell("comment") and not cell("proposed_text"):
        raise DomainError("row_empty", row=number)
    return Incoming(
        row=number,
        text=cell("comment"),
        proposed=cell("proposed_text"),
        grounds=cell("grounds"),
        quoted=cell("quoted_text") if cell("provision") else "",
        type=_code(CommentType, cell("comment_type"), CommentType.SUBSTANTIVE, number),
        document=_document(cell("document"), number),
        provision=cell("provision"),
        place=cell("place"),
        sender=sender,
        channel=_code(Channel, cell("channel"), default, number),
        received_at=_moment(cell("received"), number),
    )


def _code(codes: type[Code], given: str, default: Code, row: int) -> Code:
    if not given:
        return default
    try:
        return codes(given)
    except ValueError as error:
        raise DomainError("cell_unknown", row=row, value=given[:60]) from error


def _governorate(given: str, row: int) -> Governorate | None:
    return _code(Governorate, given, Governorate.AMMAN, row) if given else None


def _document(given: str, row: int) -> int | None:
    number = whole(given)
    if given and number is None:
        raise DomainError("cell_unknown", row=row, value=given[:60])
    return number


def _moment(given: str, row: int) -> datetime | None:
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given.partition(" (")[0])
        return (moment if moment.tzinfo else moment.replace(tzinfo=AMMAN)).astimezone(UTC)
    except (ValueError, OverflowError) as error:  # the first and last days of the calendar
        raise DomainError("cell_unknown", row=row, value=given[:60]) from error
