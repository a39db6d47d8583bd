"""`flask matrix answers` and `flask matrix import`: rows given out to be answered, and taken in."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask_babel import force_locale

from portal.adapters import originals
from portal.adapters.database import unit_of_work
from portal.domain.answer_rows import RowState
from portal.domain.bilingual import LANGUAGES
from portal.domain.errors import DomainError
from portal.domain.responses import ResponseStatus
from portal.domain.sheets import SheetKind
from portal.formats.answer_sheets import About, write_answers
from portal.formats.faults import fault_words, refusal_words
from portal.jobs import sheets as job
from portal.jobs.console import JSON, run_or_exit, staff, tell
from portal.jobs.consultations import now
from portal.jobs.matrices import scope_of
from portal.models import db
from portal.policies.table import Act, authorise
from portal.queries.answer_sheets import Wanted, load_out, load_places
from portal.queries.consultations import Scope
from portal.queries.matrices import editions
from portal.queries.sheets import Compared, compare_rows, count_outcomes, find_sheet, rows_of
from portal.queries.sheets import stands_of as sum_up
from portal.services import sheets

SHOW = ["unanswered", "all", *(status.value for status in ResponseStatus)]


@click.command("answers")
@click.argument("slug")
@click.option("--show", type=click.Choice(SHOW), default="unanswered", show_default=True)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="ar", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def answers_command(slug: str, show: str, language: str, output: Path) -> None:
    """Give the rows of SLUG out as a spreadsheet to be answered in."""
    with run_or_exit():
        scope, heads = scope_of(slug), editions(scope_of(slug).id)
        about = About(slug, heads[0].file.number if heads else 0, now())
        with force_locale(language):
            rows = load_out(scope.id, Wanted(show="" if show == "all" else show))
            output.write_bytes(write_answers(about, rows, load_places(scope.id)))
        click.echo(f"{output}: {len(rows)} rows.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--consultation", "slug", required=True, help="The consultation it belongs to.")
@click.option("--dry-run/--apply", "dry", required=True, help="Show every difference, or write.")
@click.option("--by", required=True, metavar="EMAIL", help="The drafter who answers.")
@click.option("--ready", is_flag=True, help="Hand complete answers on for review.")
@JSON
def import_command(
    file: Path, slug: str, dry: bool, by: str, ready: bool, for_programs: bool
) -> None:
    """Take the answers of FILE in, a spreadsheet that was given out here and filled in.

    Rows with errors, and those whose answer changed since the file was given out, are told and
    left as they stand. Status 1 where there is any.
    """
    with run_or_exit():
        scope, actor = scope_of(slug), staff(by)
        authorise(actor, Act.RESPOND, body_id=scope.body_id, phase=scope.phase)
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        data = file.read_bytes()
        sheets.check_file(file.name, len(data))
        with unit_of_work():
            sha256 = originals.keep(app.extensions["settings"].data, data)
            asked = sheets.request(
                actor, now(), scope.id, SheetKind.ANSWERS, file_name=file.name, file_sha256=sha256
            )
            import_id = asked.id
        job.run(app, import_id)
        problems, told = _look(scope, import_id)
        with unit_of_work():
            asked = db.session.get_one(type(asked), import_id)
            if dry:
                sheets.discard(now(), asked)
            else:
                stands, agreed = sum_up(compare_rows(scope.id, rows_of(import_id)))
                sheets.confirm(
                    actor, now(), asked, as_ready=ready, stands=stands, agreed=agreed, shown=agreed
                )
        if not dry:
            job.run(app, import_id)
            told |= _outcome(import_id, problems)
        for problem in problems:
            click.echo(problem, err=True)
        words = ", ".join(f"{name}: {number}" for name, number in told.items())
        tell(for_programs, {**told, "problems": problems}, words)
    if problems:
        raise SystemExit(1)


def _look(scope: Scope, import_id: int) -> tuple[list[str], dict[str, int]]:
    """What is wrong with the file, in words, and how many rows stand how."""
    asked = find_sheet(scope.id, import_id)
    if asked is not None and asked.error_code:
        raise DomainError(asked.error_code, **asked.error_params)
    compared = compare_rows(scope.id, rows_of(import_id))
    problems = [fault_words(fault) for each in compared for fault in each.row.faults]
    problems += [_problem(each) for each in compared if each.torn or _conflicts(each)]
    counts = {state.value: 0 for state in RowState}
    for each in compared:
        counts[each.state.value] += 1
    return problems, counts


def _conflicts(each: Compared) -> bool:
    return each.state is RowState.CONFLICT


def _problem(each: Compared) -> str:
    if each.torn and each.now:
        refs = ", ".join(map(str, each.now.shared))
        return refusal_words({"code": "answered_together", "params": {"refs": refs}})
    words = refusal_words({"code": "changed_since_given_out", "params": {}})
    return f"{each.ref}: {words}"


def _outcome(import_id: int, problems: list[str]) -> dict[str, int]:
    rows = rows_of(import_id)
    for row in rows:
        if row.outcome.value == "refused" and not row.faults:
            problems += [f"{row.ref}: {refusal_words(each)}" for each in row.refusals]
    return count_outcomes(rows)
