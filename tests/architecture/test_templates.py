"""Templates: nothing inline that the content policy refuses, no dead import, every word marked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, meta, nodes

from config import ROOT
from tests.architecture.tree import files, name, read
from tests.fixtures import apps

TEMPLATES = ROOT / "templates"
PAGES = files(".html", under=("templates",))
LETTER = re.compile(r"[A-Za-z\u0621-\u064a]")
SAID_ALOUD = {"alt", "title", "placeholder", "aria-label"}
jinja = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


class Page(HTMLParser):
    """Collects what a template may not have: inline style and script, words that nobody marked."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.unmarked: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        given = {key: value or "" for key, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(f"<{tag}>")
        self.inline += [key for key in given if key == "style" or key.startswith("on")]
        self.inline += [value for value in given.values() if value.startswith("javascript:")]
        spoken = (given[key] for key in SAID_ALOUD & given.keys())
        self.unmarked += [value for value in spoken if LETTER.search(value)]

    def handle_data(self, data: str) -> None:
        if LETTER.search(data) and self.within not in ("script", "style", "kbd", "code"):
            self.unmarked.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        self.within = ""


def written(file: Path) -> str:
    """What the template itself says: … for each expression, without what trans tags enclose."""
    kept, block, translated = [], "", False
    for _line, token, value in jinja.lex(read(file)):
        if token == "data" and not translated:
            kept.append(value)
        elif token == "variable_begin":
            kept.append("…")
        elif token == "block_begin":
            block = ""
        elif token == "name" and not block:
            block = value
        elif token == "block_end" and block in ("trans", "endtrans"):
            translated = block == "trans"
    return "".join(kept)


def page(file: Path) -> Page:
    parser = Page()
    parser.feed(written(file))
    parser.close()
    return parser


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_a_template_has_no_inline_style_or_script(file: Path) -> None:
    assert page(file).inline == []


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_every_word_of_a_template_is_marked_for_translation(file: Path) -> None:
    assert page(file).unmarked == []


@pytest.mark.parametrize("file", [*PAGES, *files(".txt", under=("templates",))], ids=name)
def test_a_template_uses_what_it_imports(file: Path) -> None:
    tree = jinja.parse(read(file))
    taken = {
        each if isinstance(each, str) else each[1]
        for node in tree.find_all(nodes.FromImport)
        for each in node.names
    }
    taken |= {node.target for node in tree.find_all(nodes.Import)}
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert taken - used == set()


def asks_of_the_page(component: str, app: Flask) -> set[str]:
    """Names that a component neither makes nor is given, nor has from everywhere."""
    tree = app.jinja_env.parse(read(TEMPLATES / component))
    made = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    return meta.find_undeclared_variables(tree) - made - app.jinja_env.globals.keys()


def test_a_component_that_asks_for_the_language_is_given_it(tmp_path: Path) -> None:
    """An imported macro does not see `lang` and `dir`, unless it is imported with context."""
    with apps.running(tmp_path) as app:
        blind = [
            f"{name(file)}: {node.template.value}"
            for file in PAGES
            for node in jinja.parse(read(file)).find_all(nodes.FromImport)
            if isinstance(node.template, nodes.Const)
            and asks_of_the_page(node.template.value, app)
            and not node.with_context
        ]
    assert blind == []


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_a_template_trusts_nothing_that_was_typed(file: Path) -> None:
    filters = {node.name for node in jinja.parse(read(file)).find_all(nodes.Filter)}
    assert "safe" not in filters
    assert "autoescape" not in read(file)
