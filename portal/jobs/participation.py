"""`flask workshop …`: read the report of a workshop, take it in as comments."""

from __future__ import annotations

from typing import BinaryIO

import click
from flask.cli import AppGroup

from portal.adapters.database import unit_of_work
from portal.domain.drafts import DocumentKind
from portal.domain.participation import as_json as report_json
from portal.domain.participation import parse_report
from portal.domain.submissions import SenderClass
from portal.jobs.console import JSON, SYSTEM, as_json, read_text, run_or_exit, tell
from portal.jobs.consultations import find, now
from portal.services.participation import take_in_report

commands = AppGroup("workshop", help="Workshop reports: read them, take them in as comments.")


@commands.command("parse")
@click.argument("file", type=click.File("rb"))
@JSON
def parse_command(file: BinaryIO, for_programs: bool) -> None:
    """Show what was found in the report FILE (- for standard input). Needs no database."""
    with run_or_exit():
        report = parse_report(read_text(file))
        if for_programs:
            as_json(report_json(report))
            return
        for document in report.documents:
            recommendations = sum(len(axis.recommendations) for axis in document.axes)
            indicators = sum(len(axis.indicators) for axis in document.axes)
            click.echo(f"{document.number}\t{recommendations}\t{indicators}\t{document.title}")
        for warning in report.warnings:
            click.echo(f"line {warning.line}: {warning.message}", err=True)


@commands.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--consultation", "slug", required=True, help="The consultation it belongs to.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in DocumentKind]),
    default=DocumentKind.PLAN.value,
    show_default=True,
    help="What the documents are that are not there yet.",
)
@click.option(
    "--sender-class",
    type=click.Choice([each.value for each in SenderClass]),
    default=SenderClass.CIVIL_SOCIETY.value,
    show_default=True,
    help="Who took part.",
)
@JSON
def import_command(
    file: BinaryIO, slug: str, kind: str, sender_class: str, for_programs: bool
) -> None:
    """Take the report FILE in: a comment for each recommendation, on the documents discussed."""
    with run_or_exit():
        with unit_of_work():
            source = read_text(file)
            report = parse_report(source)
            workshop, _submission = take_in_report(
                SYSTEM,
                now(),
                find(slug),
                report,
                source,
                kind=DocumentKind(kind),
                sender_class=SenderClass(sender_class),
            )
        for warning in report.warnings:
            click.echo(f"line {warning.line}: {warning.message}", err=True)
        taken = {
            "comments": report.recommendation_count,
            "documents": len(report.documents),
            "indicators": len(workshop.indicators),
            "warnings": len(report.warnings),
        }
        tell(
            for_programs,
            taken,
            f"{taken['comments']} comments on {taken['documents']} documents; "
            f"{taken['indicators']} indicators kept with the workshop.",
        )
