"""Refusals beside the fields they are about, and in a summary that links to them."""

from __future__ import annotations

from collections.abc import Iterator

from wtforms import Field, FieldList, Form, FormField

from portal.domain.errors import DomainError, Refusals
from portal.formats.messages import message

Summary = list[tuple[str, str]]


def errors_of(raised: DomainError | Refusals) -> list[DomainError]:
    """The single errors of what a service raised."""
    return raised.errors if isinstance(raised, Refusals) else [raised]


def show(form: Form, raised: DomainError | Refusals) -> Summary:
    """Put each error beside its field; gives `(id of the field or "", words)` for the summary."""
    by_name = {field.name: field for field in _fields(form)}
    summary: Summary = []
    for error in errors_of(raised):
        words = message(error)
        field = by_name.get(error.field or "")
        if field is not None:
            field.errors = [*field.errors, words]
        summary.append((field.id if field is not None else "", words))
    return summary


def _fields(form: Form) -> Iterator[Field]:
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                yield from _fields(entry.form)
        elif isinstance(field, FormField):
            yield from _fields(field.form)
        else:
            yield field
