"""What was done at the desk, for administrators: filtered, paged, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.formats.activity import ACTS, act_words
from portal.formats.dates import AMMAN, in_amman
from portal.formats.spreadsheets import harmless
from portal.policies.table import Act
from portal.queries.activity import Asked, Done, all_of, doers, page_of
from portal.queries.originals import looks
from portal.queries.record import activity as entries
from portal.web.desk.blueprint import bp
from portal.web.gate import act, actor
from portal.web.moment import now
from portal.web.numbers import asked as number_asked

FIELDS = ("by", "what", "consultation", "from", "to")


@bp.get("/activity")
@act(Act.READ_ACTIVITY)
def activity() -> ResponseReturnValue:
    return render_template(
        "desk/activity.html",
        page=page_of(actor(), _asked(), before=number_asked("before")),
        query={name: request.args[name] for name in FIELDS if request.args.get(name)},
        doers=doers(actor()),
        acts=sorted(((what, str(words)) for what, words in ACTS.items()), key=lambda pair: pair[1]),
        words=act_words,
    )


@bp.get("/activity/acts.csv")
@act(Act.READ_ACTIVITY)
def activity_csv() -> ResponseReturnValue:
    response = Response(stream_with_context(_lines()), content_type="text/csv; charset=utf-8")
    name = f"activity-{in_amman(now()).date().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/activity/record")
@act(Act.READ_ACTIVITY)
def record_entries() -> ResponseReturnValue:
    page = entries(actor(), before=number_asked("before"))
    return render_template("desk/record_entries.html", page=page)


@bp.get("/activity/originals")
@act(Act.READ_ACTIVITY)
def original_looks() -> ResponseReturnValue:
    page = looks(actor(), before=number_asked("before"))
    return render_template("desk/looks.html", page=page)


def _lines() -> Iterator[bytes]:
    heads = [_("No."), _("When (UTC)"), _("By"), _("What"), _("Consultation"), _("About")]
    yield _written(heads).encode("utf-8-sig")
    for each in all_of(actor(), _asked()):
        yield _written(_line(each)).encode()


def _written(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _line(done: Done) -> list[str]:
    return [
        str(done.id),
        f"{done.at:%Y-%m-%d %H:%M:%S}",
        harmless(done.by or _("the console")),
        act_words(done.what),
        done.slug or "",
        done.about,
    ]


def _asked() -> Asked:
    to = _day("to")
    return Asked(
        by=number_asked("by"),
        what=request.args.get("what", ""),
        slug=request.args.get("consultation", "").strip(),
        since=_day("from"),
        until=to + timedelta(days=1) if to else None,
    )


def _day(name: str) -> datetime | None:
    """The beginning, in Amman, of a day in the query; None for what is none."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    # So that neither the next day nor the same moment in UTC falls off the calendar.
    return datetime.combine(day, time(), AMMAN) if 1900 < day.year < 9000 else None
