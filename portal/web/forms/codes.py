"""Codes that come back from a select: what is not one of them counts as the default."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

Code = TypeVar("Code", bound=StrEnum)


def code_or(codes: type[Code], value: str | None, default: Code) -> Code:
    """The code that was chosen, or `default`."""
    return codes(value) if value in set(codes) else default


def code_in(codes: type[Code], value: str | None) -> Code | None:
    """The code that was chosen; None for anything else."""
    return codes(value) if value in set(codes) else None
