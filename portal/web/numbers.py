"""Numbers in addresses: none larger than a database column holds, so none breaks a page."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class Bounded(IntegerConverter):
    """`<int:…>`: a larger number is an address at which nothing is."""

    def __init__(self, of: Map, **kwargs: Any) -> None:
        super().__init__(of, **{"max": LARGEST, **kwargs})


def asked(name: str) -> int | None:
    """The number of that name in the query; None where there is none that could be."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 <= number <= LARGEST else None


def typed(value: str) -> int | None:
    """A number as it was typed into a form or an address; None for anything else."""
    if not (value.isascii() and value.isdecimal() and len(value) < 11):
        return None
    return int(value) if int(value) <= LARGEST else None


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Bounded
