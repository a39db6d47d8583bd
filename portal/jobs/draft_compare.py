"""`flask draft compare`: two files compared, without a database."""

from __future__ import annotations

from typing import Any, BinaryIO

import click
from flask.cli import with_appcontext

from portal.domain.draft_changes import QUIET
from portal.domain.draft_comparison import Change, Op, compare, word_changes
from portal.domain.draft_tree import ParsedDraft, walk
from portal.domain.drafts import Relation, Tracked
from portal.domain.provision_trees import ProvisionText
from portal.formats.citations import cite
from portal.formats.labels import label
from portal.jobs.console import JSON, as_json, run_or_exit
from portal.jobs.drafts import read

FILE = click.File("rb")
SIGNS = {Op.EQUAL: ("", ""), Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}


@click.command("compare")
@with_appcontext
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@JSON
def compare_command(old: BinaryIO, new: BinaryIO, for_programs: bool) -> None:
    """Say what changed from the file OLD to the file NEW, provision by provision.

    The files may be of any format that drafts are read in. Needs no database.
    """
    with run_or_exit():
        changes = compare(_provisions(old), _provisions(new))
        if for_programs:
            as_json({"provisions": [_for_programs(change) for change in changes]})
        else:
            for change in changes:
                if change.relation is not Relation.SAME:
                    click.echo(_in_words(change))


def _provisions(file: BinaryIO) -> list[ProvisionText]:
    return texts_of(read(file, Tracked.ACCEPT).draft.draft)


def texts_of(parsed: ParsedDraft) -> list[ProvisionText]:
    """The provisions of a draft in reading order."""
    return [
        ProvisionText(node.eid, node.kind, node.number, node.heading, node.text, depth)
        for node, depth in walk(parsed.provisions)
    ]


def _for_programs(change: Change) -> dict[str, Any]:
    return {
        "old_eid": change.old_eid or None,
        "new_eid": change.new_eid or None,
        "change": change.relation.value,
        "doubtful": change.doubtful,
        "words": [
            {"op": op.op.value, "text": op.text} for op in word_changes(change.before, change.after)
        ],
    }


def _in_words(change: Change) -> str:
    places = dict.fromkeys(eid for eid in (change.old_eid, change.new_eid) if eid)
    head = f"{' → '.join(map(cite, places))}: {label(change.relation)}"
    if change.doubtful:
        head += " (?)"
    if change.relation in QUIET:
        return head
    marked = "".join(
        f"{SIGNS[op.op][0]}{op.text}{SIGNS[op.op][1]}"
        for op in word_changes(change.before, change.after)
    )
    return f"{head}\n{marked}\n" if marked else head
