"""A receipt as a file: JSON in one form, so that any byte that is changed is found."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

FORMAT = "radd-receipt-1"


def proof_text(proof: Sequence[bytes]) -> list[str]:
    """The hashes of a proof in base64."""
    return [b64encode(each).decode() for each in proof]


def in_one_form(content: Any) -> bytes:
    """JSON with a line for each value, one space deeper for each level, and a line feed."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def compact(receipt: dict[str, Any]) -> dict[str, Any]:
    """The receipt without the texts: small enough for a QR code, where there is one proof."""
    entries = [{**entry, "comments": []} for entry in receipt["entries"]]
    return {**receipt, "entries": entries}
