"""The desk: what staff see and do, at `/ar/desk/…` and `/en/desk/…`."""

from portal.web.desk.blueprint import bp

__all__ = ["bp"]
