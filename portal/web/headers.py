"""Headers of every answer: what a browser may load, and what a cache may keep."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # A receipt's address shows the submission to who has it: it is never told to another site.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# A year, and names below this one too: a portal's host has no neighbours without TLS there.
INSIST = "max-age=31536000; includeSubDomains"
PRIVATE = frozenset({"desk", "account"})


def _add(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.extensions["settings"].base_url.startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", INSIST)
    if "Cache-Control" not in response.headers:
        public = response.status_code == 200 and request.blueprint not in PRIVATE
        response.headers["Cache-Control"] = "public, max-age=30" if public else "no-store"
    return response


def init_app(app: Flask) -> None:
    app.after_request(_add)
