"""Every form of every page, sent as no browser sends it: refused in words, never with an error."""

from __future__ import annotations

from hypothesis import given
from hypothesis.errors import FlakyFailure

from tests.fuzzing.conftest import EACH, tries
from tests.fuzzing.hostile import bodies
from tests.fuzzing.pages import Form, walk
from tests.fuzzing.world import World


def harm_of(harmed: World, form: Form) -> str:
    """The first harm that a body does to the portal by this form; empty where none does."""

    @tries()
    @given(bodies(form))
    def sent(body: tuple[str, bytes]) -> None:
        kind, data = body
        # Beside a body that holds none: what is tried is what lies behind the token.
        head = {"X-CSRFToken": form.token}
        wrong = harmed.harm(
            form.person, "POST", form.action, data=data, content_type=kind, headers=head
        )
        harmed.restore()
        assert wrong == "", wrong

    try:
        sent()
    except (AssertionError, FlakyFailure, ExceptionGroup) as error:
        return f"{form.person}: POST {form.action}: {error!s} {getattr(error, '__notes__', '')}"
    return ""


def test_no_form_breaks_the_portal(harmed: World) -> None:
    forms, _pages = walk(harmed, EACH)
    assert len(forms) > 40
    harmed.begin()
    found = [harm_of(harmed, form) for form in forms]
    assert [each for each in found if each] == []
