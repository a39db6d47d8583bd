"""`flask draft …`: read the structure of a text, import it into a consultation."""

from __future__ import annotations

from typing import BinaryIO

import click
from flask.cli import AppGroup

from portal.adapters.database import unit_of_work
from portal.domain.bilingual import Bilingual
from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import ParsedDraft, walk
from portal.domain.draft_tree import as_json as tree_json
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError
from portal.domain.text import decode
from portal.jobs.console import SYSTEM, as_json, run_or_exit
from portal.jobs.consultations import find, now
from portal.models import Consultation, Document
from portal.queries.drafts import find_document
from portal.services import consultations, drafts

commands = AppGroup("draft", help="Drafts: read their structure, import them.")


def read(file: BinaryIO) -> str:
    """The text of a file: UTF-8 or Windows-1256."""
    return decode(file.read())[0]


@commands.command("parse")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "for_programs", is_flag=True, help="One JSON document instead of words.")
def parse_command(file: BinaryIO, for_programs: bool) -> None:
    """Show the structure found in FILE (- for standard input). Needs no database."""
    with run_or_exit():
        parsed = parse(read(file))
        if for_programs:
            as_json(tree_json(parsed))
        else:
            _in_words(parsed)


def _in_words(parsed: ParsedDraft) -> None:
    click.echo(parsed.title)
    for node, depth in walk(parsed.provisions):
        words = f"{node.heading} {node.text}".strip().replace("\n", " ")
        click.echo(f"{'  ' * depth}{node.eid}\t{words[:80]}")
    for warning in parsed.warnings:
        click.echo(f"line {warning.line}: {warning.message}", err=True)


@commands.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--consultation", "slug", required=True, help="The consultation it belongs to.")
@click.option("--document", "number", type=int, default=None, help="Number of its document.")
@click.option("--title", default="", help="A new document's title; the draft's own by default.")
@click.option("--title-en", default="")
@click.option("--kind", type=click.Choice([kind.value for kind in DocumentKind]), default="law")
@click.option("--publish", is_flag=True, help="Publish the version at once.")
def import_command(
    file: BinaryIO,
    slug: str,
    number: int | None,
    title: str,
    title_en: str,
    kind: str,
    publish: bool,
) -> None:
    """Read FILE into the next version of a document of a consultation."""
    with run_or_exit(), unit_of_work():
        source, consultation = read(file), find(slug)
        document = _document(consultation, number)
        if document is None:
            words = Bilingual(title or parse(source).title or slug, title_en)
            document = consultations.add_document(
                SYSTEM, now(), consultation, DocumentKind(kind), words
            )
        version, parsed = drafts.import_text(SYSTEM, now(), document, source)
        if publish:
            drafts.publish_version(SYSTEM, now(), consultation, version)
        for warning in parsed.warnings:
            click.echo(f"line {warning.line}: {warning.message}", err=True)
        click.echo(
            f"Document {document.number}, version {version.number}: {parsed.articles} articles, "
            f"{'published' if publish else 'not yet published'}."
        )


def _document(consultation: Consultation, number: int | None) -> Document | None:
    """The document asked for; the only one where none is; None where there is none at all."""
    if number is None:
        return find_document(consultation.id, 1)
    found = find_document(consultation.id, number)
    if found is None:
        raise DomainError("no_such_document", number=number)
    return found
