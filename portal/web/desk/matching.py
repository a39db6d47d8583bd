"""What the portal proposes as matches of a working version; the drafter says what is doubtful."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.formats.messages import message
from portal.models import Document, DraftVersion
from portal.models.matching import Proposal, propose, published_before
from portal.policies.table import Act
from portal.queries.drafts import find_document, find_version
from portal.queries.proposals import Choice, Proposed, choices, proposed
from portal.services import matching as services
from portal.web.desk.blueprint import bp
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now

PATH = "/consultations/<slug>/documents/<int:number>/versions/<int:version>/matches"


def _version(number: int, version: int) -> tuple[Document, DraftVersion, Proposal]:
    """A version that is being prepared, and what is proposed; there is nothing else to confirm."""
    document = find_document(scope().id, number)
    found = find_version(document.id, version) if document else None
    if document is None or found is None:
        raise DomainError("not_found", status=404)
    if found.published_at:
        raise DomainError("version_published", status=409)
    proposal = propose(found)
    if proposal is None:
        raise DomainError("not_found", status=404)
    return document, found, proposal


@bp.get(PATH)
@act(Act.OPEN_FILE)
def matches(slug: str, number: int, version: int) -> ResponseReturnValue:
    return _page(number, version, None)


@bp.post(PATH)
@act(Act.EDIT_DRAFT)
def match_save(slug: str, number: int, version: int) -> ResponseReturnValue:
    _document, found, _proposal = _version(number, version)
    try:
        _do(found)
    except DomainError as error:
        return _page(number, version, error), error.status
    left = propose(found)
    if left is None or not left.doubtful:
        flash(_("No match waits for you any more."))
    return redirect(url_for("desk.matches", slug=slug, number=number, version=version))


def _do(version: DraftVersion) -> None:
    """What the form says: accept, choose another, new, gone, take back, accept all."""
    given = request.form
    old, new, chosen = (given.get(name, "") for name in ("old_eid", "new_eid", "chosen"))
    said = given.get("action", "")
    if said == "all":
        services.confirm_all(actor(), now(), version)
    elif said == "back":
        services.take_back(version, old, new)
    elif said == "accept":
        services.confirm(actor(), now(), version, old, new, also=bool(old and new))
    elif said == "new" and new:
        services.confirm(actor(), now(), version, "", new)
    elif said == "gone" and old:
        services.confirm(actor(), now(), version, old, "")
    elif said == "choose" and chosen:
        pair = (chosen, new) if new else (old, chosen)
        services.confirm(actor(), now(), version, *pair, also=bool(given.get("also")))
    else:
        raise DomainError("match_unknown", field="chosen")


def _page(number: int, version: int, error: DomainError | None) -> str:
    document, found, proposal = _version(number, version)
    before = published_before(found)
    shown = proposed(proposal)
    one = _chosen(shown)
    return render_template(
        "desk/matches.html",
        scope=scope(),
        document=document,
        version=found,
        before=before,
        proposed=shown,
        one=one,
        choices=_choices(proposal, one),
        errors=[("chosen" if one else "", message(error))] if error else [],
        may_edit=can(Act.EDIT_DRAFT),
    )


def _chosen(shown: tuple[Proposed, ...]) -> Proposed | None:
    """The match that the drafter wants to give another provision: `?old=…&new=…`."""
    old, new = request.values.get("old", ""), request.values.get("new", "")
    wanted = [each for each in shown if (each.match.old_eid, each.match.new_eid) == (old, new)]
    return wanted[0] if wanted else None


def _choices(proposal: Proposal, one: Proposed | None) -> tuple[Choice, ...]:
    if one is None:
        return ()
    return choices(proposal.old if one.match.new_eid else proposal.new)
