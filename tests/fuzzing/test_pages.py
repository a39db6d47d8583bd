"""Every address, asked for as nobody asks: an answer in words, never an error of the portal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure
from werkzeug.routing import Rule

from tests.fuzzing.addresses import headers, paths, queries, with_query
from tests.fuzzing.conftest import EACH, LONG, tries
from tests.fuzzing.pages import walk
from tests.fuzzing.world import ANONYMOUS, World
from tests.web.test_access import VALUES

METHODS = ("GET", "GET", "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE")


def harm_of(harmed: World, asked: st.SearchStrategy[tuple[str, str, str, dict[str, str]]]) -> str:
    """The first harm that such a request does; empty where none does."""

    @tries()
    @given(asked)
    def sent(request: tuple[str, str, str, dict[str, str]]) -> None:
        person, method, path, head = request
        wrong = harmed.harm(person, method, path, headers=head)
        assert wrong == "", f"{person}: {method} {path}: {wrong}"

    try:
        sent()
    except (AssertionError, FlakyFailure, ExceptionGroup) as error:
        return f"{str(error)[:1500]} {getattr(error, '__notes__', '')}"
    return ""


def test_no_query_breaks_a_page(harmed: World) -> None:
    _forms, pages = walk(harmed, EACH)
    found = []
    for met in pages.values():
        asked = st.tuples(st.sampled_from(met), queries(), headers())
        found.append(
            harm_of(
                harmed,
                asked.map(lambda a: (a[0][0], "GET", with_query(a[0][1], a[1]), a[2])),
            )
        )
    assert [each for each in found if each] == []


def test_no_address_breaks_the_portal(harmed: World) -> None:
    usual = {**VALUES, "slug": "service-appointments"}
    people = st.sampled_from(list(harmed.people))

    def asked(rule: Rule) -> st.SearchStrategy[tuple[str, str, str, dict[str, str]]]:
        return st.tuples(people, st.sampled_from(METHODS), paths(rule, usual), headers())

    found = [harm_of(harmed, asked(rule)) for rule in harmed.app.url_map.iter_rules()]
    assert [each for each in found if each] == []
    assert LONG or ANONYMOUS in harmed.people
