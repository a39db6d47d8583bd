"""Home, the list, a consultation's page, its dates as a calendar, the feed."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.consultations import Phase
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.policies.table import Act, in_phase
from portal.queries.comments import count_received
from portal.queries.consultations import count_totals, find_page, list_public
from portal.queries.drafts import list_documents
from portal.queries.matrices import editions, newest_editions
from portal.queries.summaries import published_summary
from portal.web.gate import act, scope
from portal.web.links import absolute
from portal.web.moment import now
from portal.web.public.blueprint import bp
from portal.web.public.calendars import calendar_of
from portal.web.public.stages import stages

COUNTED = frozenset({Phase.CLOSED, Phase.ANSWERED, Phase.CONCLUDED, Phase.ARCHIVED})


@bp.get("/")
@act(Act.BROWSE)
def home() -> ResponseReturnValue:
    found = list_public(now())
    return render_template(
        "public/home.html",
        open=[each for each in found if each.phase is Phase.OPEN],
        soon=[each for each in found if each.phase is Phase.ANNOUNCED],
        heads=newest_editions(3),
        totals=count_totals(),
    )


@bp.get("/consultations")
@act(Act.BROWSE)
def consultations() -> ResponseReturnValue:
    asked = request.args.get("phase", "")
    found = list_public(now())
    if asked:
        found = tuple(each for each in found if each.phase == asked)
    return render_template("public/consultations.html", found=found, asked=asked, phases=Phase)


@bp.get("/consultations/<slug>")
@act(Act.READ_CONSULTATION)
def consultation(slug: str) -> ResponseReturnValue:
    page = find_page(slug, now())
    if page is None:
        raise DomainError("not_found", status=404)
    heads = editions(page.id)
    finals = [head.file.published_at for head in heads if not head.file.interim]
    return render_template(
        "public/consultation.html",
        page=page,
        stages=stages(page, min(finals, default=None)),
        documents=list_documents(page.id),
        counts=count_received(page.id) if page.phase in COUNTED else None,
        head=heads[0] if heads else None,
        summary=published_summary(page.id) if heads else None,
        takes=in_phase(Act.SEND, page.phase),
    )


@bp.get("/consultations/<slug>/calendar.ics")
@act(Act.READ_CONSULTATION)
def calendar(slug: str) -> ResponseReturnValue:
    page = find_page(scope().slug, now())
    if page is None:
        raise DomainError("not_found", status=404)
    link = absolute("public.consultation", slug=slug)
    response = Response(calendar_of(page, link, now()), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


@bp.get("/feed.atom")
@act(Act.BROWSE)
def feed() -> ResponseReturnValue:
    found, heads = list_public(now())[:30], newest_editions(30)
    moments = [*(each.updated_at for each in found), *(each.file.published_at for each in heads)]
    # With nothing to tell yet, a moment that stays the same: the feed has not been updated.
    updated = max(moments, default=datetime(2026, 1, 1, tzinfo=UTC))
    body = render_template("public/feed.xml", found=found, heads=heads, updated=updated)
    return Response(body, content_type="application/atom+xml; charset=utf-8")


@bp.get("/about")
@act(Act.BROWSE)
def about() -> ResponseReturnValue:
    return render_template("public/about.html")


@bp.get("/privacy")
@act(Act.BROWSE)
def privacy() -> ResponseReturnValue:
    return render_template("public/privacy.html")


@bp.get("/moderation-rules")
@act(Act.BROWSE)
def moderation_rules() -> ResponseReturnValue:
    return render_template("public/moderation_rules.html", grounds=Ground)
