"""Every refusal has a sentence, and every sentence can be filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

import portal
from portal.domain.consultations import Event, Phase
from portal.domain.errors import DomainError
from portal.formats.messages import MESSAGES, message
from portal.policies.table import Act

SOURCES = sorted(Path(portal.__file__).parent.rglob("*.py"))
RAISING = {"DomainError", "Stale"}


def raised() -> Iterator[tuple[str, set[str], str]]:
    """Code, names of the parameters, and place of every error that is made of a literal code."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in RAISING and node.args and isinstance(node.args[0], ast.Constant):
                names = {each.arg or "**" for each in node.keywords} - {"field", "status"}
                yield str(node.args[0].value), names, f"{file.name}:{node.lineno}"


def test_every_error_has_its_sentence_and_all_that_it_speaks_of(web: Flask) -> None:
    found = list(raised())
    assert len(found) > 50
    wordless = sorted({f"{place} {code}" for code, _, place in found if code not in MESSAGES})
    assert wordless == []
    with web.test_request_context(), force_locale("en"):
        words = {code: str(sentence) for code, sentence in MESSAGES.items()}
    for code, names, place in found:
        spoken = set(re.findall(r"%\((\w+)\)", words[code]))
        assert spoken <= names or "**" in names, f"{place}: {code} lacks {spoken - names}"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_refusal_names_the_phase_in_words_and_needs_no_word_for_the_act(
    web: Flask, language: str
) -> None:
    for error in (
        DomainError("phase_refuses", phase=Phase.OPEN, event=Event.ANNOUNCE),
        DomainError("wrong_phase", phase=Phase.OPEN, act=Act.ANNOUNCE),
        DomainError("not_allowed", act=Act.ANNOUNCE),
    ):
        with web.test_request_context(), force_locale(language):
            said = message(error)
        assert "%(" not in said
        assert "announce" not in said
