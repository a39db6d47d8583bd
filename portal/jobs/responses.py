"""`flask response …`: record answers, approve them, explain changes."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import click
from flask.cli import AppGroup
from sqlalchemy import select

from portal.adapters.database import unit_of_work
from portal.domain.accounts import Actor
from portal.domain.citations import gone
from portal.domain.errors import DomainError
from portal.domain.matrices import Place
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowRef, parse_ref
from portal.domain.selections import parse_of
from portal.jobs.console import as_json, run_or_exit, staff
from portal.jobs.consultations import now
from portal.jobs.matrices import scope_of
from portal.jobs.moderation import references
from portal.models import Response, db
from portal.policies.table import Act, authorise
from portal.queries.answers import find_response
from portal.queries.changes import ProvisionChange, as_changes, load_changes
from portal.queries.consultations import Scope
from portal.services.reflection import explain_change, link_change, unlink_change
from portal.services.responses import Draft, record
from portal.services.reviews import MOST, approve_many

commands = AppGroup("response", help="Responses: record them, approve them, explain changes.")
BY = click.option("--by", required=True, metavar="EMAIL", help="The member of staff who acts.")
CONSULTATION = click.option("--consultation", "slug", required=True)


@commands.command("record")
@CONSULTATION
@BY
@click.option("--comment", "which", default="", help="References of the comments answered: 1,2.")
@click.option("--of", default="", help="All of theme:ID, group:ID or withdrawn:0 that is left.")
@click.option("--disposition", type=click.Choice([each.value for each in Disposition]))
@click.option("--reason", default="", help="The reason, in Arabic.")
@click.option("--reason-en", default="")
@click.option("--cite", multiple=True, help="A changed provision: EID or EID@DOCUMENT.")
@click.option("--covered-by", default="", help="The provision that covers it already.")
@click.option("--until", default="", help="Until when, or to what, it is deferred.")
@click.option("--body", default="", help="The body it is referred to.")
@click.option("--duplicate-of", type=int, default=None, help="The comment that it repeats.")
@click.option("--ready", is_flag=True, help="Ready for review: nothing may be missing.")
@click.option("--from", "file", type=click.File("rb"), help="Many at once: a JSON list.")
def record_command(slug: str, by: str, file: BinaryIO | None, **given: Any) -> None:
    """Answer comments of a consultation, one response for one or many.

    The JSON list of --from has objects with the same names: `comment` (a list of numbers), `of`,
    `disposition`, `reason`, `reason_en`, `cite`, `covered_by`, `until`, `body`, `duplicate_of`,
    `ready`. All are recorded or none.
    """
    with run_or_exit(), unit_of_work():
        scope, actor = _allowed(slug, by, Act.RESPOND)
        changes = load_changes(scope.id)
        asked = _from_file(file) if file else [{**given, "comment": references(given["which"])}]
        known = as_changes(changes)
        written = [
            record(actor, now(), scope.id, _draft(each, changes), changes=known).id
            for each in asked
        ]
        as_json({"responses": written})


def _allowed(slug: str, by: str, act: Act) -> tuple[Scope, Actor]:
    scope, actor = scope_of(slug), staff(by)
    authorise(actor, act, body_id=scope.body_id, phase=scope.phase)
    return scope, actor


def _from_file(file: BinaryIO) -> list[dict[str, Any]]:
    try:
        rows = json.load(file)
    except (ValueError, RecursionError) as error:
        raise DomainError("file_not_json") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DomainError("file_not_json")
    return rows


def _draft(given: dict[str, Any], changes: tuple[ProvisionChange, ...]) -> Draft:
    if given.get("disposition") not in {each.value for each in Disposition}:
        raise DomainError("disposition_unknown", value=str(given.get("disposition"))[:60])
    return Draft(
        refs=tuple(parse_ref(str(each)) for each in given["comment"]),
        disposition=Disposition(given["disposition"]),
        reason_ar=given.get("reason") or "",
        reason_en=given.get("reason_en") or "",
        covered_by=given.get("covered_by") or "",
        until=given.get("until") or "",
        body=given.get("body") or "",
        duplicate_of=_repeated(given),
        cites=tuple(_place(each, changes) for each in given.get("cite") or ()),
        ready=bool(given.get("ready")),
        of=parse_of(given.get("of") or ""),
    )


def _repeated(given: dict[str, Any]) -> RowRef | None:
    repeated = given.get("duplicate_of")
    return parse_ref(str(repeated), field="duplicate_of") if repeated else None


def _place(cited: str, changes: tuple[ProvisionChange, ...]) -> Place:
    eid, _, document = cited.partition("@")
    for named in (eid, gone(eid)):  # what was removed may be named by the id that it had
        for change in reversed(changes):
            if change.place.eid == named and document in ("", str(change.document_number)):
                return change.place
    raise DomainError("change_not_there", eid=eid)


@commands.command("approve")
@CONSULTATION
@BY
@click.option("--response", "which", required=True, help="Its number, or `all` that are ready.")
def approve_command(slug: str, by: str, which: str) -> None:
    """Approve responses that somebody else wrote."""
    with run_or_exit(), unit_of_work():
        scope, actor = _allowed(slug, by, Act.APPROVE)
        query = select(Response).where(Response.consultation_id == scope.id)
        if which == "all":
            query = query.where(Response.status == ResponseStatus.READY)
        else:
            query = query.where(Response.id.in_(references(which)))
        chosen = db.session.scalars(query.order_by(Response.id)).all()
        seen = [(response.id, response.revision) for response in chosen]
        for start in range(0, len(seen), MOST):
            done = approve_many(actor, now(), scope.id, seen[start : start + MOST])
            for _number, error in done.refused:
                raise error
        as_json({"approved": [number for number, _revision in seen]})


@commands.command("link")
@CONSULTATION
@BY
@click.option("--response", "number", type=int, required=True, help="Its number.")
@click.option("--change", required=True, help="A changed provision: EID or EID@DOCUMENT.")
@click.option("--remove", is_flag=True, help="It no longer cites the change.")
def link_command(slug: str, by: str, number: int, change: str, *, remove: bool) -> None:
    """Let a response cite a change; it is approved anew."""
    with run_or_exit(), unit_of_work():
        scope, actor = _allowed(slug, by, Act.EXPLAIN_CHANGE)
        found = find_response(scope.id, number)
        if found is None:
            raise DomainError("no_such_response", number=number)
        place = _place(change, load_changes(scope.id))
        act = unlink_change if remove else link_change
        act(actor, now(), found, place, seen_revision=found.revision)
        as_json({"response": found.id, "status": found.status.value})


@commands.command("explain")
@CONSULTATION
@BY
@click.option("--change", required=True, help="A changed provision: EID or EID@DOCUMENT.")
@click.option("--reason", required=True, help="Why it changed, where no comment asked for it.")
def explain_command(slug: str, by: str, change: str, reason: str) -> None:
    """Give the drafter's own reason for a change that no response cites."""
    with run_or_exit(), unit_of_work():
        scope, actor = _allowed(slug, by, Act.EXPLAIN_CHANGE)
        place = _place(change, load_changes(scope.id))
        explain_change(actor, now(), scope.id, place, reason)
        click.echo(f"{place.eid}: explained.")
