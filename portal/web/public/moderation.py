"""Moderation in public: numbers by decision and ground, the log as page, CSV and feed."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.appeals import AppealOutcome
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.formats.columns import files_words
from portal.formats.dates import duration, in_amman
from portal.formats.labels import decided, label
from portal.policies.table import Act
from portal.queries.openness import Logged, count_moderation, log_page, whole_log
from portal.web.gate import act, scope
from portal.web.moment import now
from portal.web.numbers import asked
from portal.web.public.blueprint import bp


@bp.get("/consultations/<slug>/moderation")
@act(Act.READ_CONSULTATION)
def moderation(slug: str) -> ResponseReturnValue:
    entries, following = log_page(scope().id, before=asked("before"))
    figures = count_moderation(scope().id)
    return render_template(
        "public/moderation.html",
        scope=scope(),
        figures=figures,
        median=_rounded(figures.median),
        outcomes=Outcome,
        grounds=Ground,
        rulings=AppealOutcome,
        entries=entries,
        next=following,
        days=current_app.extensions["settings"].service_days,
    )


def _rounded(median: timedelta | None) -> str:
    return "" if median is None else duration(median)


@bp.get("/consultations/<slug>/moderation/log.csv")
@act(Act.READ_CONSULTATION)
def moderation_csv(slug: str) -> ResponseReturnValue:
    out = io.StringIO()
    writer = csv.writer(out)
    titles = (_("Comment"), _("Decided on"), _("Decision"), _("Ground"), _("Masked"))
    writer.writerow([*titles, _("Files sent with it"), _("Appeal")])
    for entry in whole_log(scope().id):
        writer.writerow(_row(entry))
    day = in_amman(now()).date().isoformat()
    response = Response(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    name = f"{slug}-moderation-{day}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _row(entry: Logged) -> list[str]:
    appeal = label(entry.appeal) if entry.appeal else _("open") if entry.appealed else ""
    return [
        str(entry.number),
        in_amman(entry.at).strftime("%Y-%m-%d %H:%M"),
        str(decided(entry.outcome)),
        str(label(entry.ground)),
        str(entry.spans),
        files_words(entry.files),
        str(appeal),
    ]


@bp.get("/consultations/<slug>/moderation/feed.atom")
@act(Act.READ_CONSULTATION)
def moderation_feed(slug: str) -> ResponseReturnValue:
    entries, _following = log_page(scope().id)
    body = render_template("public/moderation_feed.xml", scope=scope(), entries=entries, now=now())
    return Response(body, content_type="application/atom+xml; charset=utf-8")
