"""The bare address: Arabic first."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.policies.table import Act
from portal.web.gate import act

root = Blueprint("root", __name__)


@root.get("/")
@act(Act.BROWSE)
def index() -> ResponseReturnValue:
    return redirect(url_for("public.home", lang="ar"))


@root.get("/robots.txt")
@act(Act.BROWSE)
def robots() -> ResponseReturnValue:
    rules = "User-agent: *\nDisallow: /ar/submissions\nDisallow: /en/submissions\n"
    rules += "Disallow: /ar/search\nDisallow: /en/search\n"
    rules += "Disallow: /ar/desk\nDisallow: /en/desk\n"
    return Response(rules, content_type="text/plain; charset=utf-8")
