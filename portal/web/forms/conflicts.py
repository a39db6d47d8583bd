"""Two people wrote at one response: both texts side by side, and which of them is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.draft_comparison import WordOp, word_changes
from portal.domain.responses import Disposition
from portal.formats.citations import cite
from portal.formats.labels import label
from portal.queries.answers import ResponseView
from portal.web.forms.responses import KEPT, ResponseForm, data_of, typed_in

LISTS = ("comments", "changes")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a colleague's recorded words and mine differ; `ops` lead to mine."""

    name: str
    label: str
    theirs: str
    mine: str
    ops: tuple[WordOp, ...]


def differences(form: ResponseForm, recorded: ResponseView) -> list[Difference]:
    """The fields that differ, in the order of the form."""
    theirs, mine = data_of(recorded), typed_in(form)
    found = []
    for name in KEPT:
        if name == "drops" or (name == "comments" and recorded.many):
            continue
        if _alike(name, theirs.get(name, ""), mine[name]):
            continue
        was, now = _words(name, theirs.get(name, "")), _words(name, mine[name])
        words = str(form[name].label.text)
        found.append(Difference(name, words, was, now, tuple(word_changes(was, now))))
    return found


def take_theirs(form: ResponseForm, recorded: ResponseView, chosen: Mapping[str, str]) -> None:
    """Put the recorded words where `keep-FIELD` says so."""
    theirs = data_of(recorded)
    for name in KEPT:
        if chosen.get(f"keep-{name}") == "theirs":
            form[name].data = theirs.get(name, "")


def _alike(name: str, one: str | list[str], other: str | list[str]) -> bool:
    if name in LISTS:
        return _set(one) == _set(other)
    return one == other


def _set(value: str | list[str]) -> set[str]:
    return set(
        value.replace(",", " ").replace("،", " ").split() if isinstance(value, str) else value
    )


def _words(name: str, value: str | list[str]) -> str:
    if isinstance(value, list):
        return "\n".join(cite(each.partition(":")[2]) for each in value)
    if name == "disposition":
        return str(label(Disposition(value))) if value in set(Disposition) else ""
    return cite(value.partition("@")[0]) if name == "covered_by" and value else value
