"""Scripts of the pages: what could run what somebody typed is in one named place, or nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.web.headers import POLICY
from tests.architecture.tree import files, name, read

SCRIPTS = files(".js", under=("portal",))
# Ways of making markup or code of a text (ASVS 3.2.2, 1.3.2).
SINKS = re.compile(
    r"(?:inner|outer)HTML\s*\+?=[^=]|insertAdjacentHTML|document\.write|createContextualFragment"
    r"|setHTMLUnsafe|srcdoc|\beval\(|new Function|setTimeout\(\s*[\"'`]|javascript:"
)
# Parses what the portal itself answers; what is parsed so runs no script.
PARSERS = {"portal/static/js/showing.js", "portal/static/js/compose.js"}
PLUGINS = re.compile(r"<(?:object|embed|applet|param|iframe|frame)\b|ActiveXObject|\.swf\b", re.I)
# An object whose names come from a page inherits nothing; one of fixed names is written whole.
INHERITING = re.compile(r"(?:const|let|var)\s+\w+\s*=\s*\{\s*(?:\.\.\.\w+\s*)?\}|__proto__")


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) > 20


@pytest.mark.parametrize("file", SCRIPTS, ids=name)
def test_a_script_makes_no_markup_or_code_of_text(file: Path) -> None:
    assert SINKS.findall(read(file)) == []
    assert ("DOMParser" in read(file)) == (name(file) in PARSERS)


@pytest.mark.parametrize("file", SCRIPTS, ids=name)
def test_a_script_fills_no_object_that_inherits(file: Path) -> None:
    assert INHERITING.findall(read(file)) == []


@pytest.mark.parametrize("file", [*SCRIPTS, *files(".html", under=("templates",))], ids=name)
def test_nothing_asks_for_a_plugin(file: Path) -> None:
    assert PLUGINS.findall(read(file)) == []


def test_the_policy_lets_no_text_become_code() -> None:
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
