"""`flask draft convert`: a draft's file as one of another format. Needs no database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import click

from portal.adapters.files import write_whole
from portal.adapters.reading import read_safely
from portal.domain.bilingual import Bilingual
from portal.domain.draft_tree import ParsedDraft
from portal.domain.drafts import Tracked
from portal.domain.errors import DomainError
from portal.formats.dates import in_amman
from portal.formats.draft_files.about import About, FileLanguage
from portal.formats.draft_files.writing import FileFormat, write_draft
from portal.jobs.console import JSON, run_or_exit, tell
from portal.jobs.consultations import now

STANDARD_OUTPUT = Path("-")


@click.command("convert")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--to", "format", type=click.Choice([each.value for each in FileFormat]), required=True
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    required=True,
    help="The file to write; - for standard output.",
)
@click.option(
    "--tracked",
    type=click.Choice([each.value for each in Tracked]),
    default=Tracked.ACCEPT.value,
    help="Take tracked changes as made, or as not made.",
)
@click.option(
    "--lang",
    type=click.Choice(["ar", "both"]),
    default="ar",
    help="both: the translation beside the text (docx, pdf).",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@JSON
def convert_command(
    file: BinaryIO,
    format: str,
    output: Path,
    tracked: str,
    lang: FileLanguage,
    force: bool,
    for_programs: bool,
) -> None:
    """Read FILE (- for standard input) of any format and write it as another."""
    with run_or_exit():
        if output != STANDARD_OUTPUT and output.exists() and not force:
            raise DomainError("output_exists", path=output)
        name = Path(getattr(file, "name", "") or "").name
        draft = read_safely(file.read(), name, Tracked(tracked)).draft
        data = write_draft(draft, FileFormat(format), _about(draft), lang)
        if output == STANDARD_OUTPUT:
            click.echo(data, nl=False)
            return
        _write(output, data)
        for warning in draft.warnings:
            click.echo(f"line {warning.line}: {warning.message}", err=True)
        done = {"output": str(output), "format": format, "bytes": len(data)}
        tell(
            for_programs,
            {**done, "articles": draft.articles, "warnings": len(draft.warnings)},
            f"{output}: {draft.articles} articles, {len(data)} bytes.",
        )


def _about(draft: ParsedDraft) -> About:
    """A file that belongs to no consultation: its title and today are all that is known."""
    today: date = in_amman(now()).date()
    return About(title=Bilingual(draft.title), day=today)


def _write(output: Path, data: bytes) -> None:
    try:
        write_whole(output, data)
    except OSError as error:
        why = error.strerror or str(error)
        raise DomainError("output_unwritable", path=output, why=why) from error
