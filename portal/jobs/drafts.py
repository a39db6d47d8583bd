"""`flask draft …`: read the structure of a text, import it into a consultation."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import click
from flask import current_app
from flask.cli import AppGroup

from portal.adapters import originals
from portal.adapters.database import unit_of_work
from portal.adapters.reading import read_safely
from portal.domain.bilingual import Bilingual
from portal.domain.consultations import phase
from portal.domain.draft_sources import SourceDraft
from portal.domain.draft_tree import ParsedDraft, walk
from portal.domain.draft_tree import as_json as tree_json
from portal.domain.drafts import MAX_FILE, DocumentKind, Tracked
from portal.domain.errors import DomainError
from portal.formats.citations import cite
from portal.formats.labels import label
from portal.jobs.console import JSON, SYSTEM, as_json, run_or_exit, tell
from portal.jobs.consultations import find, now
from portal.models import Consultation, Document, DraftVersion
from portal.policies.table import Act, authorise
from portal.queries.consultations import dates
from portal.queries.drafts import find_document, find_version, list_documents
from portal.services import consultations, drafts, matching, structure

commands = AppGroup("draft", help="Drafts: read their structure, compare them, import them.")
CONFIRM = click.option(
    "--confirm-matches",
    is_flag=True,
    help="Take doubtful matches with the version before as proposed, and say which.",
)


TRACKED = click.option(
    "--tracked",
    type=click.Choice([each.value for each in Tracked]),
    default=Tracked.ACCEPT.value,
    help="Take tracked changes as made (accept) or as not made (reject).",
)


COMPARED = click.option(
    "--compared", is_flag=True, help="You compared the text of a PDF with its pages."
)


class Read(NamedTuple):
    """A draft, and the file it is in."""

    draft: SourceDraft
    name: str
    data: bytes


def read(file: BinaryIO, tracked: str) -> Read:
    """The draft in a file of any format; a process with limits reads it."""
    given = Path(str(getattr(file, "name", ""))).name  # standard input may have none
    name = "" if given in ("-", "<stdin>") else given
    data = file.read(MAX_FILE + 1)
    return Read(read_safely(data, name, Tracked(tracked)), name, data)


@commands.command("parse")
@click.argument("file", type=click.File("rb"))
@TRACKED
@JSON
def parse_command(file: BinaryIO, tracked: str, for_programs: bool) -> None:
    """Show the structure found in FILE (- for standard input). Needs no database.

    FILE is DOCX, PDF with text, HTML, Markdown, plain text or Akoma Ntoso.
    """
    with run_or_exit():
        found = read(file, tracked).draft
        if for_programs:
            as_json(_source_json(found))
        else:
            _in_words(found.draft)


def _source_json(found: SourceDraft) -> dict[str, Any]:
    of_file = {
        "format": found.format.value,
        "tracked": found.tracked,
        "to_confirm": found.to_confirm,
    }
    return {**tree_json(found.draft), **of_file}


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
@click.option("--title", default="", help="Add a document with this title, in Arabic.")
@click.option("--title-en", default="")
@click.option("--kind", type=click.Choice([kind.value for kind in DocumentKind]), default="law")
@click.option("--publish", is_flag=True, help="Publish the version at once.")
@CONFIRM
@COMPARED
@TRACKED
@JSON
def import_command(
    file: BinaryIO,
    slug: str,
    number: int | None,
    publish: bool,
    confirm_matches: bool,
    compared: bool,
    tracked: str,
    for_programs: bool,
    **new: str,
) -> None:
    """Read FILE (- for standard input) into the next version of a document of a consultation.

    Without --document it is the only document there is; where there is none, or with --title, one
    is added. A version that is not published yet is replaced.
    """
    with run_or_exit():
        given = read(file, tracked)
        found = given.draft
        sha256 = originals.keep(current_app.extensions["settings"].data, given.data)
        with unit_of_work():
            consultation = find(slug)
            _allow(consultation, Act.EDIT_DRAFT)
            document = _document(consultation, number, new["title"])
            if document is None:
                title = Bilingual(new["title"] or found.draft.title or slug, new["title_en"])
                document = consultations.add_document(
                    SYSTEM, now(), consultation, DocumentKind(new["kind"]), title
                )
            version = drafts.import_source(SYSTEM, now(), document, found, given.name, sha256)
            _compared(version, compared)
            if publish:
                _publish(consultation, version, confirm_matches)
        for warning in found.draft.warnings:
            click.echo(f"line {warning.line}: {warning.message}", err=True)
        state = _state(document, version)
        words = "published" if publish else "not yet published"
        tell(
            for_programs,
            {**state, "articles": found.draft.articles, "warnings": len(found.draft.warnings)},
            f"Document {state['document']}, version {state['version']}: "
            f"{found.draft.articles} articles, {words}.",
        )


@commands.command("publish")
@click.option("--consultation", "slug", required=True)
@click.option("--document", "number", type=int, default=None, help="Number of its document.")
@CONFIRM
@COMPARED
@JSON
def publish_command(
    slug: str, number: int | None, confirm_matches: bool, compared: bool, for_programs: bool
) -> None:
    """Publish the version of a document that is being prepared; it is never changed after."""
    with run_or_exit():
        with unit_of_work():
            consultation = find(slug)
            document = _document(consultation, number)
            if document is None:
                raise DomainError("nothing_to_read")
            version = find_version(document.id, _working(consultation, document))
            if version is None:
                raise DomainError("no_working_version")
            _compared(version, compared)
            _publish(consultation, version, confirm_matches)
        state = _state(document, version)
        words = f"Document {state['document']}, version {state['version']} is published."
        tell(for_programs, state, words)


def _allow(consultation: Consultation, act: Act) -> None:
    """The console may do everything, but nothing out of its time."""
    current = phase(dates(consultation), now())
    authorise(SYSTEM, act, body_id=consultation.body_id, phase=current)


def _compared(version: DraftVersion, compared: bool) -> None:
    if compared:
        structure.confirm(SYSTEM, now(), version, version.revision)


def _publish(consultation: Consultation, version: DraftVersion, confirm_matches: bool) -> None:
    _allow(consultation, Act.PUBLISH_VERSION)
    if confirm_matches:
        for each in matching.confirm_all(SYSTEM, now(), version):
            places = " → ".join(cite(eid) for eid in (each.old_eid, each.new_eid) if eid)
            click.echo(f"{places}: {label(each.relation)}", err=True)
    drafts.publish_version(SYSTEM, now(), consultation, version)


def _state(document: Document, version: DraftVersion) -> dict[str, object]:
    return {
        "document": document.number,
        "version": version.number,
        "published": version.published_at is not None,
        "source_sha256": version.source_sha256,
        "text_sha256": version.text_sha256,
    }


def _working(consultation: Consultation, document: Document) -> int:
    """The number of the version in preparation, 0 where there is none."""
    views = {view.id: view for view in list_documents(consultation.id)}
    head = views[document.id].working
    return head.number if head else 0


def _document(consultation: Consultation, number: int | None, title: str = "") -> Document | None:
    """The document asked for; the only one where none is; None where one is to be added."""
    if number is not None:
        found = find_document(consultation.id, number)
        if found is None:
            raise DomainError("no_such_document", number=number)
        return found
    there = list_documents(consultation.id)
    if title or not there:
        return None
    if len(there) > 1:
        raise DomainError("document_missing_here")
    return find_document(consultation.id, there[0].number)
