"""`flask matrix …`: check, publish and export the response matrix."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from portal.adapters.database import unit_of_work
from portal.adapters.files import writing_whole
from portal.domain.errors import DomainError
from portal.domain.matrices import Gap
from portal.formats.gaps import gap_words
from portal.formats.matrix_files.edition import FILE_LANGUAGES, FileLanguage
from portal.formats.matrix_files.writing import FORMATS, format_of, write
from portal.jobs.console import as_json, run_or_exit, staff
from portal.jobs.editions import publish
from portal.policies.table import Act, authorise
from portal.queries.checking import check
from portal.queries.consultations import Scope, find_scope
from portal.queries.differing import Differing, differing
from portal.queries.edition_runs import find_run
from portal.queries.matrices import EditionHead, all_rows, editions
from portal.services.matrices import request_edition

commands = AppGroup("matrix", help="The response matrix: what is missing, publication, files.")


def scope_of(slug: str) -> Scope:
    """The consultation of that slug at this moment; raises `no_such_consultation`."""
    scope = find_scope(slug, current_app.extensions["clock"]())
    if scope is None:
        raise DomainError("no_such_consultation", slug=slug)
    return scope


@commands.command("check")
@click.argument("slug")
@click.option("--json", "for_programs", is_flag=True, help="One JSON document instead of words.")
def check_command(slug: str, for_programs: bool) -> None:
    """Say all that is missing before the matrix of SLUG can be published; status 1 if anything."""
    with run_or_exit():
        of = scope_of(slug).id
        missing, warned = check(of).gaps, differing(of)
        if for_programs:
            as_json(
                {
                    "complete": not missing,
                    "missing": [_gap(gap) for gap in missing],
                    "differing": [_warned(each) for each in warned],
                }
            )
        else:
            for gap in missing:
                click.echo(gap_words(gap))
            for each in warned:
                click.echo(f"Warning: {_warning(each)}")
            click.echo(f"{len(missing)} missing" if missing else "Complete.")
    if missing:
        raise SystemExit(1)


def _warned(each: Differing) -> dict[str, object]:
    return {
        "comment": each.first,
        "theme": each.name.ar if each.name else None,
        "dispositions": {way.disposition.value: way.rows for way in each.ways},
    }


def _warning(each: Differing) -> str:
    who = f"theme “{each.name.ar}”" if each.name else f"comments like {each.first}"
    ways = ", ".join(f"{way.disposition.value} ({way.rows})" for way in each.ways)
    return f"{who}, answered in different ways: {ways}"


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "code": gap.code,
        "comment": gap.ref.number if gap.ref else None,
        "part": (gap.ref.part or None) if gap.ref else None,
        "response": gap.response_id,
        "provision": gap.place.eid if gap.place else None,
        "message": gap_words(gap),
    }


@commands.command("publish")
@click.argument("slug")
@click.option("--by", required=True, metavar="EMAIL", help="The approver who publishes.")
@click.option("--reason", default="", help="Why a later edition corrects the one before.")
@click.option("--interim", is_flag=True, help="What is answered so far; the rest as under study.")
def publish_command(slug: str, by: str, reason: str, interim: bool) -> None:
    """Publish the next edition of the matrix of SLUG, or say what is missing."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    clock = app.extensions["clock"]
    with run_or_exit():
        with unit_of_work():
            scope, actor = scope_of(slug), staff(by)
            authorise(actor, Act.PUBLISH_MATRIX, body_id=scope.body_id, phase=scope.phase)
            run_id = request_edition(actor, clock(), scope.id, reason=reason, interim=interim).id
        publish(app, run_id)
        run = find_run(scope.id, run_id)
        if run is None or run.edition_number is None:
            raise run.error if run and run.error_code else DomainError("publication_taken_over")
        head = edition_of(scope.id, run.edition_number)
        click.echo(f"Edition {run.edition_number} published: {head.file.rows} rows.")


@commands.command("export")
@click.argument("slug")
@click.option("--format", "name", type=click.Choice(sorted(FORMATS)), required=True)
@click.option("--edition", type=int, default=None, help="Which edition; the newest by default.")
@click.option(
    "--lang", "language", type=click.Choice(FILE_LANGUAGES), default="ar", show_default=True
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export_command(
    slug: str, name: str, edition: int | None, language: FileLanguage, output: Path
) -> None:
    """Write a published edition of the matrix of SLUG to a file.

    A PDF of more than 5,000 rows is several, in a zip.
    """
    with run_or_exit():
        head = edition_of(scope_of(slug).id, edition)
        format = format_of(name, head.file)
        with writing_whole(output) as path:
            write(format, head.file, partial(all_rows, head.id), language, path)
        click.echo(f"{output}: edition {head.file.number}, {head.file.rows} rows.")


def edition_of(consultation_id: int, number: int | None) -> EditionHead:
    """The edition of that number, or the newest. Raises `no_such_edition`."""
    for head in editions(consultation_id):
        if number in (None, head.file.number):
            return head
    raise DomainError("no_such_edition")
