"""The portal as it is walked through: from link to link, and which forms stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.fuzzing.world import World

FILES = "file"


@dataclass(frozen=True)
class Field:
    """A field of a form; `values` are those that an honest browser could send."""

    name: str
    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page."""

    person: str
    endpoint: str
    action: str
    multipart: bool
    fields: tuple[Field, ...]
    page: str = field(compare=False)

    @cached_property
    def token(self) -> str:
        """The token against forged forms; empty where there is none."""
        return next((f.values[0] for f in self.fields if f.name == "csrf_token"), "")

    @property
    def shape(self) -> tuple[str, tuple[str, ...]]:
        """Equal for forms that differ in what they are about alone."""
        return self.endpoint, tuple(sorted({each.name for each in self.fields}))


def endpoint_of(world: World, path: str, method: str) -> tuple[str, str]:
    """Whose address it is and of which consultation; empty where nothing is there."""
    try:
        found = world.app.url_map.bind("localhost").match(urlsplit(path).path, method)
    except (HTTPException, RequestRedirect):
        return "", ""
    return str(found[0]), str(found[1].get("slug", ""))


def field_of(element: html.HtmlElement) -> Field:
    kind = element.get("type", element.tag)
    if element.tag == "select":
        values = tuple(each.get("value") or each.text or "" for each in element.iter("option"))
    elif element.tag == "textarea":
        values = (element.text or "",)
    else:
        values = (element.get("value", "on" if kind == "checkbox" else ""),)
    return Field(element.get("name"), kind, values)


def actions_of(tree: html.HtmlElement, form: html.HtmlElement, page: str) -> Iterator[str]:
    """Where a form is sent: by itself, by a button of its own, by a script."""
    yield form.get("action") or page
    elsewhere = tree.xpath("//button[@form=$id]", id=form.get("id")) if form.get("id") else []
    for element in (form, *form.iter(), *elsewhere):
        for name, value in element.items():
            if name == "formaction" or (name.startswith("data-") and value.startswith("/")):
                yield value


def forms_of(world: World, person: str, page: str, tree: html.HtmlElement) -> Iterator[Form]:
    """The forms of a page that send something."""
    for form in tree.iter("form"):
        method = (form.get("method") or "get").upper()
        for action in dict.fromkeys(actions_of(tree, form, page)):
            where = urljoin(page, action)
            found, _slug = endpoint_of(world, where, "POST")
            named = f"//*[@form='{form.get('id')}'][@name]" if form.get("id") else ""
            inside = [
                *form.xpath(
                    ".//*[@name][self::input or self::select or self::textarea or self::button]"
                ),
                *(tree.xpath(named) if named else []),
            ]
            if method == "POST" and found:
                multipart = form.get("enctype") == "multipart/form-data"
                fields = tuple(dict.fromkeys(field_of(each) for each in inside))
                yield Form(person, found, where, multipart, fields, page)


def walk(world: World, each: int) -> tuple[list[Form], dict[str, list[tuple[str, str]]]]:
    """All forms, one of each shape, and the pages of each endpoint as (person, path).

    Every kind of page is opened `each` times by everybody, in the long form (`each` above 1) for
    every consultation; in the short form twice in all. Files are named and not opened.
    """
    opened: Counter[tuple[str, str]] = Counter()
    forms: dict[tuple[str, tuple[str, ...]], Form] = {}
    pages: dict[str, list[tuple[str, str]]] = {}
    for person in world.people:
        doors = world.doors(person)
        waiting, seen = list(doors), set(doors)
        own: Counter[tuple[str, str]] = Counter()
        while waiting:
            path = waiting.pop(0)
            endpoint, slug = endpoint_of(world, path, "GET")
            kind = endpoint, slug if each > 1 else ""
            enough = own[kind] >= each or (each == 1 and opened[kind] > 1 and path not in doors)
            if not endpoint or enough:
                continue
            own[kind] += 1
            opened[kind] += 1
            if "." in path:
                pages.setdefault(endpoint, []).append((person, path))
                continue
            answer = world.ask(person, "GET", path)
            if answer.status_code != 200:
                continue
            pages.setdefault(endpoint, []).append((person, path))
            if answer.mimetype != "text/html":
                continue
            tree = html.fromstring(answer.text)
            for form in forms_of(world, person, path, tree):
                forms.setdefault(form.shape, form)
            for link in tree.xpath("//a/@href"):
                there = urljoin(path, link).partition("#")[0]
                if there.startswith("/") and there not in seen:
                    seen.add(there)
                    waiting.append(there)
    return list(forms.values()), pages
