"""`flask comment hints` and `flask comment cluster`: on anybody's data, without a database."""

from __future__ import annotations

from typing import BinaryIO, TextIO

import click

from portal.domain.hints import Script
from portal.formats.clustering import cluster
from portal.formats.hints.insults import ready, starter
from portal.formats.hints.reading import hints_in
from portal.formats.json_lines import read_lines
from portal.formats.labels import label
from portal.jobs.console import JSON, as_json, run_or_exit

SCRIPTS = (Script.ARABIC.value, Script.LATIN.value)


@click.command("hints")
@click.argument("file", type=click.File("rb"))
@click.option("--insults", type=click.File("r", encoding="utf-8"), help="A list, one a line.")
@click.option("--script", type=click.Choice(SCRIPTS), help="The script of the draft.")
@JSON
def hints_command(
    file: BinaryIO, insults: TextIO | None, script: str | None, for_programs: bool
) -> None:
    """What a machine sees in the texts of FILE, a JSON object a line: {"id", "text"}.

    Spans count characters of the text. Without --insults the list that the portal comes with is
    used; without --script no text is said to be in another one.
    """
    listed = ready(tuple(_list(insults)) if insults else starter())
    draft = Script(script) if script else None
    with run_or_exit():
        found = [(named, hints_in(text, listed, draft)) for named, text in read_lines(file)]
    if for_programs:
        as_json(
            [
                {"id": named, "hints": [_plain(hint._asdict()) for hint in hints]}
                for named, hints in found
            ]
        )
        return
    for named, hints in found:
        for hint in hints:
            click.echo(f"{named}\t{hint.start}-{hint.end}\t{label(hint.kind)}\t{hint.shown!r}")


def _list(file: TextIO) -> list[str]:
    lines = [line.strip() for line in file]
    return [line for line in lines if line and not line.startswith("#")]


def _plain(hint: dict[str, object]) -> dict[str, object]:
    return {**hint, "kind": str(hint["kind"])}


@click.command("cluster")
@click.argument("file", type=click.File("rb"))
@JSON
def cluster_command(file: BinaryIO, for_programs: bool) -> None:
    """Which texts of FILE say nearly the same: groups of ids, of two and more.

    FILE has a JSON object a line: {"id", "text"}. Only the texts are kept while it is read.
    """
    ids: list[str | int] = []
    texts: list[str] = []
    with run_or_exit():
        for named, text in read_lines(file):
            ids.append(named)
            texts.append(text)
    groups = [[ids[each] for each in group] for group in cluster(texts)]
    if for_programs:
        as_json({"texts": len(texts), "groups": groups})
        return
    for group in groups:
        click.echo(" ".join(str(each) for each in group))
