"""`flask moderation …`: decide on comments."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from portal.adapters.database import unit_of_work
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.redaction import spans_of
from portal.domain.visibility import FIELDS
from portal.jobs.console import as_json, run_or_exit, staff
from portal.jobs.consultations import now
from portal.jobs.matrices import scope_of
from portal.models import Comment, db
from portal.policies.table import Act, authorise
from portal.services.moderation import Decision, decide

commands = AppGroup("moderation", help="Moderation: decide what the public may see.")


@commands.command("decide")
@click.option("--consultation", "slug", required=True)
@click.option("--comment", "which", required=True, help="References 1,2,5 or `all` that wait.")
@click.option("--outcome", type=click.Choice([each.value for each in Outcome]), required=True)
@click.option("--ground", type=click.Choice([each.value for each in Ground]), default=None)
@click.option("--note", default="", help="What the author reads beside the ground.")
@click.option("--mask", multiple=True, help="Words to mask, as they stand; may be repeated.")
@click.option("--by", required=True, metavar="EMAIL", help="The moderator who decides.")
@click.option("--json", "for_programs", is_flag=True, help="One JSON document instead of words.")
def decide_command(
    slug: str,
    which: str,
    outcome: str,
    ground: str | None,
    note: str,
    mask: tuple[str, ...],
    by: str,
    for_programs: bool,
) -> None:
    """Decide on one comment or many: publish, redact, withhold, spam, return."""
    with run_or_exit(), unit_of_work():
        scope, actor = scope_of(slug), staff(by)
        authorise(actor, Act.DECIDE, body_id=scope.body_id, phase=scope.phase)
        chosen = _chosen(scope.id, which)
        named = Ground(ground) if ground else None
        for comment in chosen:
            fields = {field: getattr(comment, field) for field in FIELDS}
            spans = tuple(
                span
                for words in mask
                for span in spans_of(words, fields, named or Ground.PERSONAL_DATA)
            )
            decision = Decision(Outcome(outcome), comment.revision, named, note, spans)
            decide(actor, now(), comment, decision)
        done = [comment.number for comment in chosen]
    if for_programs:
        as_json({"decided": done, "outcome": outcome})
    else:
        click.echo(f"{len(done)} decided: {outcome}.")


def _chosen(consultation_id: int, which: str) -> list[Comment]:
    query = select(Comment).where(Comment.consultation_id == consultation_id)
    if which == "all":
        query = query.where(Comment.publication == Publication.PENDING)
        return list(db.session.scalars(query.order_by(Comment.number)))
    numbers = references(which)
    found = db.session.scalars(query.where(Comment.number.in_(numbers)).order_by(Comment.number))
    comments = list(found)
    missing = sorted(set(numbers) - {comment.number for comment in comments})
    if missing:
        raise DomainError("no_such_comment", number=missing[0])
    return comments


def references(which: str) -> tuple[int, ...]:
    """`1,2,5` as numbers; raises `no_such_comment` for anything else."""
    parts = [part.strip() for part in which.split(",") if part.strip()]
    for part in parts:
        if not (part.isascii() and part.isdecimal()):
            raise DomainError("no_such_comment", number=part[:20])
    return tuple(int(part) for part in parts)
