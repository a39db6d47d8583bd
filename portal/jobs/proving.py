"""What a check of the portal's own database and files came to, for a person or a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from portal.domain.errors import DomainError
from portal.formats.record_files.checking import Finding
from portal.formats.record_files.checking_program import say
from portal.formats.record_words import spoken
from portal.jobs.console import language
from portal.queries.own_files import file_findings
from portal.queries.own_record import own_findings


def prove(data: Path) -> Iterator[Finding]:
    """Database against record, files and key against database. Raises `record_no_key`."""
    yield from own_findings()
    yield from file_findings(data)


def prove_restored(data: Path) -> list[Finding]:
    """The same of what was restored, which may be from before anything was signed."""
    try:
        return list(prove(data))
    except DomainError as error:
        if error.code != "record_no_key":
            raise
        return [Finding("unsigned", None), *file_findings(data)]


def all_hold(found: Iterable[Finding]) -> bool:
    """Whether nothing was found wrong."""
    return all(each.holds is not False for each in found)


def for_program(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON values."""
    return [{"code": each.code, "holds": each.holds, **each.params} for each in found]


def print_findings(found: Iterable[Finding]) -> None:
    """A sentence for each, and what cannot be proved, in the language of the console."""
    say(found, spoken(), language())
