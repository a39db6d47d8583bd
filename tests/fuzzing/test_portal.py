"""Every page, address and form, met as nobody means well: refused in words, never an error.

One test, so that the portal is filled and walked through once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure
from werkzeug.routing import Rule

from tests.fuzzing.addresses import headers, paths, queries, with_query
from tests.fuzzing.conftest import EACH, LONG, tries
from tests.fuzzing.hostile import bodies
from tests.fuzzing.pages import Form, walk
from tests.fuzzing.world import World
from tests.web.test_access import VALUES

METHODS = ("GET", "GET", "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE")
SHORT = 60
# person, method, path, and what else is sent
Request = tuple[str, str, str, dict[str, Any]]


def harm_of(harmed: World, requests: st.SearchStrategy[Request]) -> str:
    """The first harm that such a request does; empty where none does."""

    @tries(SHORT)
    @given(requests)
    def send(request: Request) -> None:
        person, method, path, sent = request
        wrong = harmed.harm(person, method, path, **sent)
        if method == "POST":
            harmed.restore()
        assert wrong == "", f"{person}: {method} {path[:300]}: {wrong}\n{str(sent)[:1000]}"

    try:
        send()
    except (AssertionError, FlakyFailure, ExceptionGroup) as error:
        return str(error)[:2_000]
    return ""


def form_requests(form: Form) -> st.SearchStrategy[Request]:
    """Beside a body that holds none, the token: what is tried is what lies behind it."""
    head = {"X-CSRFToken": form.token}
    return bodies(form).map(
        lambda body: (
            form.person,
            "POST",
            form.action,
            {"data": body[1], "content_type": body[0], "headers": head},
        )
    )


def page_requests(met: Sequence[tuple[str, str]]) -> st.SearchStrategy[Request]:
    """Pages that are there, asked for with what they do not know."""
    asked = st.tuples(st.sampled_from(met), queries(), headers())
    return asked.map(lambda a: (a[0][0], "GET", with_query(a[0][1], a[1]), {"headers": a[2]}))


def address_requests(people: Sequence[str], rule: Rule) -> st.SearchStrategy[Request]:
    """Addresses of a route at which mostly nothing is, by everybody and every method."""
    usual = {**VALUES, "slug": "service-appointments"}
    asked = st.tuples(
        st.sampled_from(people), st.sampled_from(METHODS), paths(rule, usual), headers()
    )
    return asked.map(lambda a: (a[0], a[1], a[2], {"headers": a[3]}))


def one_by_one(kinds: Sequence[st.SearchStrategy[Request]]) -> Sequence[st.SearchStrategy[Request]]:
    """Each kind for itself in the long form; a little of everything in the short one."""
    return kinds if LONG else [st.sampled_from(kinds).flatmap(lambda kind: kind)]


def test_nothing_that_is_sent_breaks_the_portal(harmed: World) -> None:
    forms, pages = walk(harmed, EACH)
    assert len(forms) > 40
    assert len(pages) > 50
    harmed.begin()
    people, rules = list(harmed.people), list(harmed.app.url_map.iter_rules())
    kinds = (
        [page_requests(met) for met in pages.values()],
        [address_requests(people, rule) for rule in rules],
        [form_requests(form) for form in forms],
    )
    found = [harm_of(harmed, each) for kind in kinds for each in one_by_one(kind)]
    assert [each for each in found if each] == []
