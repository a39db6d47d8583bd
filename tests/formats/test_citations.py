"""A provision that is gone, in words."""

from __future__ import annotations

from flask import Flask
from flask_babel import force_locale

from portal.formats.citations import cite


def test_a_lost_provision_is_said_to_be_removed(web: Flask) -> None:
    with force_locale("en"):
        assert cite("gone__art_5__para_b") == "Article 5(b) (removed)"
    with force_locale("ar"):
        assert cite("gone__art_5") == "المادة 5 (محذوفة)"
        assert cite("art_5") == "المادة 5"
