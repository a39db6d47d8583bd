"""Errors of the domain: a code and its parameters, never a sentence.

The words that a person reads are in `portal/web/messages.py`, one entry a code.
"""

from __future__ import annotations


class DomainError(Exception):
    """Something asked for may not happen.

    `code` names the rule that refused; `field` names the form field it is about, where there is
    one; `params` fill the message. `status` is the HTTP status that fits.
    """

    def __init__(
        self, code: str, *, field: str | None = None, status: int = 422, **params: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.status = status
        self.params = params

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})" if shown else self.code


class Refusals(Exception):  # noqa: N818 (several errors, told as one)
    """Several errors of one act, told together so that nothing has to be sent twice."""

    def __init__(self, errors: list[DomainError]) -> None:
        super().__init__(", ".join(error.code for error in errors))
        self.errors = errors


class Stale(DomainError):  # noqa: N818 (it reads as what it is: a stale act)
    """Somebody else acted in the meantime; the other's act is shown (HTTP 409)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, status=409)
        self.params = params
