"""Numbers in addresses: none larger than a database column holds, so none breaks a page."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from portal.domain.given_numbers import LARGEST, whole


class Bounded(IntegerConverter):
    """`<int:…>`: a larger number is an address at which nothing is."""

    def __init__(self, of: Map, **kwargs: Any) -> None:
        super().__init__(of, **{"max": LARGEST, **kwargs})


def asked(name: str) -> int | None:
    """The number of that name in the query; None where there is none that could be."""
    return whole(request.args.get(name))


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Bounded
