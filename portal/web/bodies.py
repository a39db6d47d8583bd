"""How bodies of forms are read: so many bytes and so many fields, whichever way they are sent."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from portal.domain.limits import MOST_FIELDS

Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class BoundedParser(FormDataParser):
    """Bounds forms without files as Werkzeug bounds those with files.

    It reads such a body whole: 64 MB of `a&a&…` would take gigabytes.
    """

    def _parse_urlencoded(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str],
    ) -> Parsed:
        most = self.max_form_memory_size
        data = stream.read() if most is None else stream.read(most + 1)
        if (most is not None and len(data) > most) or data.count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(BytesIO(data), mimetype, content_length, options)


class BoundedRequest(Request):
    form_data_parser_class = BoundedParser


def init_app(app: Flask) -> None:
    app.request_class = BoundedRequest
