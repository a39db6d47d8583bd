"""The inbox: what waits for me. And, in development, the mail that was sent."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.policies.table import Act, may
from portal.queries.appeals import count_open
from portal.queries.asked import asked_rows
from portal.queries.assignments import handed_on, my_work
from portal.queries.desk import load_inbox
from portal.queries.notes import unseen_mentions
from portal.queries.queue import reach_of
from portal.web.desk.blueprint import bp
from portal.web.desk.studying import today
from portal.web.gate import act, actor
from portal.web.moment import now

MAILS = 50


@bp.get("/")
@act(Act.ENTER_DESK)
def inbox() -> ResponseReturnValue:
    asking = actor()

    def allows(named: str, body_id: int) -> bool:
        return may(asking, Act(named), body_id=body_id)

    studies = may(asking, Act.STUDY)
    return render_template(
        "desk/inbox.html",
        work=my_work(asking.user_id) if studies else (),
        named=unseen_mentions(asking.user_id) if studies else (),
        handed=handed_on(asking.user_id) if studies else (),
        asked=[row for row in asked_rows(asking) if not row.done_at],
        reads_asked=may(asking, Act.READ_ASKED),
        today=today(),
        waiting=load_inbox(asking, now()),
        appeals=count_open(reach_of(asking)) if may(asking, Act.READ_QUEUE) else 0,
        allows=allows,
        shows_mail=_mail_is_files(),
    )


def _mail_is_files() -> bool:
    """In development the mail goes to files, and this desk shows them."""
    settings = current_app.extensions["settings"]
    return not settings.production and not settings.smtp_url


@bp.get("/mail")
@act(Act.READ_MAIL)
def mail() -> ResponseReturnValue:
    if not _mail_is_files():
        raise DomainError("not_found", status=404)
    files = sorted((current_app.extensions["settings"].data / "mail").glob("*.eml"), reverse=True)[
        :MAILS
    ]
    parser = BytesParser(policy=policy.default)
    letters = [parser.parsebytes(file.read_bytes()) for file in files]
    return render_template("desk/mail.html", letters=letters)
