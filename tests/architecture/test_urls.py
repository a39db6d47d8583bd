"""Addresses are kebab-case and begin with their language; the record's are for programs."""

from __future__ import annotations

import re
from pathlib import Path

from tests.fixtures import apps

PART = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WITHOUT_LANGUAGE = {"/", "/healthz", "/readyz", "/robots.txt"}


def written(rule: str) -> list[str]:
    """The fixed parts of an address: `/<lang>/feed.atom` has two, `feed` and `atom`."""
    return [part for part in re.split(r"[/.]", re.sub(r"<[^>]+>", "", rule)) if part]


def test_addresses_are_kebab_case_and_say_their_language(tmp_path: Path) -> None:
    with apps.running(tmp_path) as app:
        rules = sorted(rule.rule for rule in app.url_map.iter_rules())
    assert [rule for rule in rules if not all(map(PART.fullmatch, written(rule)))] == []
    spoken = ("/<any(ar, en):lang>/", "/assets/", "/schemas/", "/record/")
    assert {rule for rule in rules if not rule.startswith(spoken)} == WITHOUT_LANGUAGE
