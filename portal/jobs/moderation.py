"""`flask moderation …`: decide on comments."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from portal.adapters.database import unit_of_work
from portal.adapters.public_holidays import around
from portal.domain.citations import article_of
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.hints import HintKind
from portal.domain.moderation import Outcome
from portal.domain.redaction import spans_of
from portal.domain.service_time import overdue_before
from portal.domain.submissions import Channel, SenderClass
from portal.domain.visibility import FIELDS
from portal.formats.dates import in_amman
from portal.jobs.console import JSON, as_json, run_or_exit, staff
from portal.jobs.consultations import now
from portal.jobs.matrices import scope_of
from portal.models import Comment, db
from portal.policies.table import Act, authorise
from portal.queries.drafts import list_documents
from portal.queries.queue import Queued, Reach, Wanted, cursor_of, status_page, waiting_page
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


@commands.command("queue")
@click.option("--consultation", "slug", default="", help="Of one consultation; all without it.")
@click.option("--article", default="", metavar="DOCUMENT:ARTICLE", help="As 1:art_4.")
@click.option("--status", type=click.Choice([each.value for each in Publication]), default=None)
@click.option("--channel", type=click.Choice([each.value for each in Channel]), default=None)
@click.option("--class", "sender_class", type=click.Choice([each.value for each in SenderClass]))
@click.option("--hint", type=click.Choice([each.value for each in HintKind]), default=None)
@click.option("--older-than", "age", type=click.IntRange(1), default=None, metavar="DAYS")
@click.option("--overdue", is_flag=True, help="Only what has waited past the service target.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--after", default="", help="The `next` of the page before.")
@JSON
def queue_command(
    slug: str,
    article: str,
    status: str | None,
    channel: str | None,
    sender_class: str | None,
    hint: str | None,
    age: int | None,
    overdue: bool,
    limit: int,
    after: str,
    for_programs: bool,
) -> None:
    """What waits for a moderator, oldest first; or, with --status, what has another status."""
    with run_or_exit():
        settings = current_app.extensions["settings"]
        days = around(settings, in_amman(now()).date())
        late = overdue_before(now(), settings.service_days, days)
        limits = [late] if overdue else []
        limits += [now() - timedelta(days=age)] if age else []
        scope = scope_of(slug) if slug else None
        wanted = Wanted(
            consultation_id=scope.id if scope else None,
            place=_place(scope.id if scope else None, article),
            channel=Channel(channel) if channel else None,
            sender_class=SenderClass(sender_class) if sender_class else None,
            hint=HintKind(hint) if hint else None,
            before=min(limits, default=None),
        )
        reach, start = Reach(None, None), cursor_of(after)
        if status in (None, Publication.PENDING.value):
            page = waiting_page(reach, wanted, now(), after=start, limit=limit)
        else:
            by_id = start.id if start else 0
            page = status_page(reach, wanted, Publication(status), after=by_id, limit=limit)
    if for_programs:
        items = [_as_dict(each, late) for each in page.items]
        as_json({"items": items, "next": str(page.next) if page.next else None})
        return
    for each in page.items:
        since = in_amman(each.since or each.received_at).strftime("%Y-%m-%d %H:%M")
        click.echo(f"{each.slug} {each.number}  {since}  {each.opening[:60]}")


def _place(consultation_id: int | None, article: str) -> str:
    number, _, eid = article.partition(":")
    if not article or consultation_id is None:
        return ""
    for document in list_documents(consultation_id):
        if str(document.number) == number:
            return f"{document.id}:{eid}"
    raise DomainError("no_such_document", number=number)


def _as_dict(each: Queued, late: datetime) -> dict[str, object]:
    return {
        "consultation": each.slug,
        "comment": each.number,
        "status": each.publication.value,
        "article": article_of(each.eid),
        "channel": each.channel.value,
        "class": each.sender_class.value,
        "received": each.received_at.isoformat(),
        "waiting_since": each.since.isoformat() if each.since else None,
        "overdue": bool(each.since and each.since < late),
        "late": each.late,
        "claimed_by": each.claimed_by or None,
        "opening": each.opening,
    }


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
