"""Answers by spreadsheet: given out, taken in, looked through, confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.answer_rows import FILL_COLUMNS, Filled, RowState
from portal.domain.draft_comparison import Op, WordOp, word_changes
from portal.domain.drafts import MAX_FILE
from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.domain.limits import MEGABYTE
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import parse_refs
from portal.domain.sheets import RowOutcome, SheetKind, SheetStatus
from portal.formats.answer_sheets import About, write_answers
from portal.formats.answer_words import TITLES, covering_words
from portal.formats.labels import label
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.answer_sheets import Wanted, load_out, load_places
from portal.queries.matrices import editions
from portal.queries.sheets import (
    Compared,
    compare_rows,
    count_outcomes,
    lacks_of,
    list_sheets,
    rows_of,
    stands_of,
    view_sheet,
)
from portal.services import sheets as services
from portal.web.desk.blueprint import bp
from portal.web.desk.sheets import found, lay, nudge, refreshing, upload
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now
from portal.web.uploads import with_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


@bp.get("/consultations/<slug>/answers.xlsx")
@act(Act.STUDY)
def answers_file(slug: str) -> ResponseReturnValue:
    """The rows to be answered: `show` as in the list, `article`, or `comments` chosen by hand."""
    chosen = " ".join(request.args.getlist("comments"))
    wanted = Wanted(
        show=request.args.get("show", ""),
        article=request.args.get("article", ""),
        refs=frozenset(parse_refs(chosen)),
    )
    heads = editions(scope().id)
    about = About(slug, heads[0].file.number if heads else 0, now())
    data = write_answers(about, load_out(scope().id, wanted), load_places(scope().id))
    response = Response(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{about.file_name()}"'
    return response


@bp.get("/consultations/<slug>/answers/imports")
@act(Act.STUDY)
def answer_sheets(slug: str) -> ResponseReturnValue:
    return _list_page("")


def _list_page(error: str) -> str:
    return render_template(
        "desk/answer_sheets.html",
        scope=scope(),
        imports=list_sheets(scope().id, SheetKind.ANSWERS),
        statuses=ResponseStatus,
        error=error,
        may_respond=can(Act.RESPOND),
        maximum=MAX_FILE // MEGABYTE,
    )


@bp.post("/consultations/<slug>/answers/imports")
@act(Act.RESPOND)
@with_file
def answer_sheet_send(slug: str) -> ResponseReturnValue:
    try:
        return lay(SheetKind.ANSWERS, upload())
    except DomainError as error:
        return _list_page(message(error)), error.status


@bp.get("/consultations/<slug>/answers/imports/<int:import_id>")
@act(Act.STUDY)
def answer_sheet(slug: str, import_id: int) -> ResponseReturnValue:
    """How far it is; when it is read, every difference to what stands now."""
    found(SheetKind.ANSWERS, import_id)
    return refreshing(view_sheet(import_id), _page(import_id))


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the preview: what differs, and what it still lacks for a review."""

    compared: Compared
    differences: list[tuple[str, tuple[WordOp, ...]]]
    lacks: list[dict[str, Any]]


def _page(import_id: int, error: str = "") -> str:
    view, rows = view_sheet(import_id), rows_of(import_id)
    waits = view.status is SheetStatus.READ
    compared = compare_rows(scope().id, rows) if waits else []
    lacks = lacks_of(scope().id, compared)
    names = _place_names() if waits else {}
    by_state = {
        state: [each for each in compared if each.state is state and not each.torn]
        for state in RowState
    }

    def shown(*states: RowState) -> list[Shown]:
        chosen = [each for each in compared if each.state in states and not each.torn][:SHOWN]
        return [Shown(e, _differences(e, names), lacks.get(e.row.id, [])) for e in chosen]

    return render_template(
        "desk/answer_sheet.html",
        scope=scope(),
        view=view,
        waits=waits,
        error=error,
        counts={state.value: len(each) for state, each in by_state.items()},
        torn=[each for each in compared if each.torn],
        faulty=by_state[RowState.FAULTY],
        conflicts=shown(RowState.CONFLICT),
        fresh=shown(RowState.NEW, RowState.CHANGED),
        most=SHOWN,
        seen=stands_of(compared)[1],
        outcomes=count_outcomes(rows),
        refused=[row for row in rows if row.outcome is RowOutcome.REFUSED],
        drafts=[row for row in rows if row.outcome is RowOutcome.RECORDED and row.refusals],
        may_respond=can(Act.RESPOND),
    )


def _place_names() -> dict[str, str]:
    places = load_places(scope().id)
    several = len({each.document for each in places}) > 1
    return {
        f"{each.place.version_id}:{each.place.eid}": each.words(several=several) for each in places
    }


def _differences(each: Compared, names: dict[str, str]) -> list[tuple[str, tuple[WordOp, ...]]]:
    standing = each.now.answer if each.now else Filled()
    pairs = (
        (code, str(TITLES[code]), _said(standing, code, names), _said(each.filled, code, names))
        for code in FILL_COLUMNS
    )
    return [
        (title, _marked(code, before, after))
        for code, title, before, after in pairs
        if before != after
    ]


def _marked(code: str, before: str, after: str) -> tuple[WordOp, ...]:
    """Reasons word by word; a decision, or another short field, as a whole."""
    if code in ("reason_ar", "reason_en") and before and after:
        return tuple(word_changes(before, after))
    pieces = ((Op.DELETE, before), (Op.INSERT, after))
    return tuple(WordOp(op, words) for op, words in pieces if words)


def _said(filled: Filled, code: str, names: dict[str, str]) -> str:
    if code == "disposition":
        return str(label(Disposition(filled.disposition))) if filled.disposition else ""
    if code == "places":
        return "\n".join(names.get(place, place) for place in filled.places)
    if code == "covered_by":
        return covering_words(filled.covered_by) if filled.covered_by else ""
    return str(getattr(filled, code))


@bp.post("/consultations/<slug>/answers/imports/<int:import_id>/confirm")
@act(Act.RESPOND)
def answer_sheet_confirm(slug: str, import_id: int) -> ResponseReturnValue:
    asked = found(SheetKind.ANSWERS, import_id)
    stands, agreed = stands_of(compare_rows(scope().id, rows_of(import_id)))
    given = map(whole, request.form.getlist("take"))
    taken = {number for number in given if number is not None}
    try:
        services.confirm(
            actor(),
            now(),
            asked,
            chosen=taken,
            as_ready=request.form.get("state") == "ready",
            stands=stands,
            agreed=agreed,
            shown=request.form.get("seen", ""),
        )
    except DomainError as error:
        return _page(import_id, message(error)), error.status
    nudge(import_id)
    return redirect(url_for("desk.answer_sheet", slug=slug, import_id=import_id))


@bp.post("/consultations/<slug>/answers/imports/<int:import_id>/discard")
@act(Act.RESPOND)
def answer_sheet_discard(slug: str, import_id: int) -> ResponseReturnValue:
    services.discard(now(), found(SheetKind.ANSWERS, import_id))
    flash(_("The import is discarded; nothing was written."))
    return redirect(url_for("desk.answer_sheets", slug=slug))
