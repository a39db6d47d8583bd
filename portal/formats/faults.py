"""What is wrong in a cell, in words: `C17: a formula. Write the words or the number themselves.`"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.domain.errors import DomainError
from portal.formats.messages import message


def fault_words(fault: Mapping[str, Any]) -> str:
    """`fault` is `{cell, code, params}`, as an import keeps it."""
    return f"{fault['cell']}: {refusal_words(fault)}"


def refusal_words(refusal: Mapping[str, Any]) -> str:
    """`refusal` is `{code, params}`."""
    return message(DomainError(refusal["code"], **refusal["params"]))
