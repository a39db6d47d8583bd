"""What every command shares: who acts, refusals as words on standard error, JSON for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NoReturn

import click
from flask_babel import force_locale
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.adapters import clock
from portal.domain.accounts import STAFF_ROLES, Actor, Grant
from portal.domain.errors import DomainError, Refusals
from portal.domain.matrices import Incomplete
from portal.domain.text import decode
from portal.formats.gaps import gap_words
from portal.formats.messages import message
from portal.models import db
from portal.queries.accounts import find_by_email
from portal.services import activity

# Given by a timer, every minute.
BY_THE_CLOCK = frozenset({"tick"})

# The operator at the console, where no second pair of eyes is asked for.
SYSTEM = Actor(None, tuple(Grant(role, None) for role in STAFF_ROLES))


def language() -> str:
    """Arabic for a console set to Arabic (LANG=ar_JO.UTF-8), else English."""
    return "ar" if os.environ.get("LANG", "").startswith("ar") else "en"


@contextmanager
def run_or_exit() -> Iterator[None]:
    """Run a command's work; a refusal becomes a sentence a line on stderr and exit status 1."""
    with force_locale(language()), _noted():
        try:
            yield
        except Incomplete as incomplete:
            fail(*(gap_words(gap) for gap in incomplete.gaps))
        except Refusals as refusals:
            fail(*(message(error) for error in refusals.errors))
        except DomainError as error:
            fail(message(error))


@contextmanager
def _noted() -> Iterator[None]:
    """The command goes into the activity log with the first thing that it commits."""
    command = click.get_current_context(silent=True)
    words = " ".join(command.command_path.split()[1:]) if command else ""
    if command is None or words in BY_THE_CLOCK:
        yield
        return
    left = [command.params.get("slug")]

    def note(_session: Session) -> None:
        if left:
            activity.note_command(clock.now(), words, slug=left.pop())

    event.listen(db.session, "before_commit", note)
    try:
        yield
    finally:
        event.remove(db.session, "before_commit", note)


def fail(*sentences: str) -> NoReturn:
    """Say why not, and leave with status 1."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(1)


def as_json(content: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=1, default=str))


# Every command that does something can say what it did to a program.
JSON = click.option(
    "--json", "for_programs", is_flag=True, help="One JSON document instead of words."
)


def tell(for_programs: bool, content: dict[str, Any], words: str) -> None:
    """What was done: `content` for a program, `words` for a person."""
    if for_programs:
        as_json(content)
    else:
        click.echo(words)


def read_text(file: BinaryIO) -> str:
    """The text of a file: UTF-8 or Windows-1256."""
    return decode(file.read())[0]


def staff(email: str) -> Actor:
    """The member of staff with that address, as actor; raises `nobody_by_that_address`."""
    found = find_by_email(email)
    if found is None:
        raise DomainError("nobody_by_that_address", email=email)
    return Actor(found.id, found.grants)
