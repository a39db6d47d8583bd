"""What is asked of who sends while many do: nothing, their turn a little later, or some work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request

from config import Settings
from portal.domain.floods import Load, Mark, Pace, Paces, block_of, marks_of
from portal.domain.submissions import Point, Sender
from portal.formats import passes, proofs
from portal.models import Consultation
from portal.services import floods
from portal.services.submissions import sent_key
from portal.web.forms.compose import ComposeForm
from portal.web.moment import now


@dataclass(frozen=True, slots=True)
class Wait:
    """What a page tells who waits: `turn` is the promise for the form, `seconds` until then;
    `work` is what a browser with scripts does instead, None where it waits like the others."""

    asked: floods.Asked
    turn: str
    seconds: int
    work: dict[str, Any] | None


def new_key() -> str:
    return passes.form_key(_settings().secret_key, now())


def marks(form: ComposeForm) -> tuple[Mark, ...]:
    """Hints about how this form comes."""
    opened = passes.opened_at(_settings().secret_key, form.form_key.data or "")
    return marks_of(filled=bool(form.website.data), opened_at=opened, now=now())


def before_sending(
    form: ComposeForm, consultation: Consultation, sender: Sender, points: tuple[Point, ...]
) -> Wait | None:
    """None: it goes on its way. Otherwise what is asked first."""
    sending, secret = _sending(form, consultation, sender, points), _settings().secret_key
    shown = floods.Shown(
        passes.turn_of(secret, sending.key, request.form.get("turn", "")),
        proofs.is_proof(secret, sending.key, request.form.get("work", ""), now()),
    )
    return _told(sending, floods.admit(now(), sending, shown, _paces()))


def while_read(
    form: ComposeForm, consultation: Consultation, sender: Sender, points: tuple[Point, ...]
) -> Wait | None:
    """The same for a form that is shown once more before it is sent."""
    sending = _sending(form, consultation, sender, points)
    return _told(sending, floods.foresee(now(), sending, _paces()))


def received(consultation: Consultation, marked: tuple[Mark, ...]) -> None:
    """Count what has just been taken."""
    floods.count(now(), consultation.id, marked=bool(marked))


def _sending(
    form: ComposeForm, consultation: Consultation, sender: Sender, points: tuple[Point, ...]
) -> floods.Sending:
    # Without a key of its own there would be nothing that a promise could be for.
    form.form_key.data = form.form_key.data or new_key()
    key = sent_key(consultation.slug, form.form_key.data, sender, points)
    block = block_of(request.remote_addr or "")
    digest = floods.block_digest(_settings().secret_key, block, now())
    return floods.Sending(consultation.id, key, digest)


def _told(sending: floods.Sending, asked: floods.Asked | None) -> Wait | None:
    if asked is None:
        return None
    secret = _settings().secret_key
    work = asked.load is Load.FLOOD
    return Wait(
        asked,
        passes.turn(secret, sending.key, asked.turn),
        max(1, round((asked.turn - now()).total_seconds())),
        proofs.challenge(secret, sending.key, now()) if work else None,
    )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _paces() -> Paces:
    settings = _settings()
    return Paces(Pace(*settings.block_rate), Pace(*settings.consultation_rate))
