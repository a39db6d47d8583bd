"""Whatever two people do to one response, and in whatever order: nothing is overwritten unseen."""

from __future__ import annotations

import contextlib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.models import db
from portal.queries.working import others_at, working_of
from portal.services import responses, reviews, working
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

PEOPLE = ("drafter", "approver")
acts = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(["open", "save", "ready", "approve", "return"]),
    ),
    max_size=12,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_a_write_counts_exactly_where_its_writer_saw_what_it_replaces(
    tmp_path: Path, cast: Cast, place: Open, clock: Clock, done: list[tuple[str, str]]
) -> None:
    if not made.comments(place):
        made.send(place, clock, "أولى")
    first = Draft((RowRef(1),), Disposition.CLARIFIED, reason_ar="البداية")
    written = responses.record(cast.drafter, clock(), place.consultation.id, first)
    seen = dict.fromkeys(PEOPLE, written.revision)
    last, revision = "البداية", written.revision
    for number, (person, act) in enumerate(done):
        actor, text = getattr(cast, person), f"نص {number}"
        if act == "open":
            seen[person] = written.revision
            continue
        fresh = seen[person] == written.revision
        try:
            if act in ("save", "ready"):
                draft = Draft(
                    (RowRef(1),), Disposition.CLARIFIED, reason_ar=text, ready=act == "ready"
                )
                responses.record(
                    actor,
                    clock(),
                    place.consultation.id,
                    draft,
                    response=written,
                    seen_revision=seen[person],
                )
                last = text
            elif act == "approve":
                reviews.approve(actor, clock(), written, seen_revision=seen[person])
                assert actor.user_id not in (written.written_by, written.changed_by)
            else:
                reviews.return_with_remark(
                    actor, clock(), written, remark="انظر", seen_revision=seen[person]
                )
            assert fresh
            revision += 1
            seen[person] = revision
        except Stale:
            assert not fresh
        except (DomainError, Refusals):
            assert fresh
        assert (written.reason_ar, written.revision) == (last, revision)
    db.session.rollback()


def test_what_is_typed_is_kept_for_its_writer_and_one_window_does_not_erase_the_other(
    cast: Cast, place: Open, clock: Clock
) -> None:
    here = place.consultation.id

    def keep(text: str, copy_seen: int) -> int:
        typed: dict[str, str | list[str]] = {"reason_ar": text, "changes": ["2:art_3"]}
        return working.keep_working(
            cast.drafter, clock(), here, "response:1", typed, seen=4, copy_seen=copy_seen
        )

    first = keep("أول", working.FRESH)
    second = keep("ثانٍ", first)
    for late in (working.FRESH, first):
        with contextlib.suppress(Stale):
            keep("من نافذة أخرى", late)
            raise AssertionError("the other window's words were overwritten")
    mine = working_of(here, cast.drafter.user_id, "response:1")
    assert mine is not None
    assert (mine.typed["reason_ar"], mine.seen, mine.revision) == ("ثانٍ", 4, second)
    assert working_of(here, cast.approver.user_id, "response:1") is None
    working.discard_working(cast.drafter, here, "response:1")
    assert working_of(here, cast.drafter.user_id, "response:1") is None


def test_colleagues_are_seen_for_a_minute(cast: Cast, place: Open, clock: Clock) -> None:
    here = place.consultation.id
    working.come(cast.drafter, clock(), here, "response:1")
    working.come(cast.drafter, clock(), here, "response:1")
    working.come(cast.approver, clock(), here, "response:2")
    seen = others_at(here, cast.approver.user_id, "response:1", clock())
    assert [each.name for each in seen] == ["drafter (example)"]
    assert others_at(here, cast.drafter.user_id, "response:1", clock()) == ()
    clock.pass_(seconds=61)
    assert others_at(here, cast.approver.user_id, "response:1", clock()) == ()
