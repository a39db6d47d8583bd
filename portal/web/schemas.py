"""Schemas of the files we publish, at addresses that stay: they say no language."""

from __future__ import annotations

import json

from flask import Blueprint, Flask, Response

from portal.formats.links import link
from portal.formats.matrix_files.json_schema import VERSION, schema
from portal.policies.table import Act
from portal.web.gate import act

bp = Blueprint("schemas", __name__, url_prefix="/schemas")


@bp.get(f"/response-matrix-{VERSION}.json")
@act(Act.BROWSE)
def response_matrix() -> Response:
    content = schema(link("ar")("schemas.response_matrix"))
    response = Response(
        json.dumps(content, ensure_ascii=False, indent=1), content_type="application/schema+json"
    )
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
