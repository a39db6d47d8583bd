"""Dispositions as DOMAIN's table has them."""

from __future__ import annotations

from typing import Any

import pytest

from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.responses import (
    RULES,
    Answer,
    Answered,
    Disposition,
    check_approver,
    faults,
    final_answer,
)

PLAIN = Answered(1, 1, proposes=False, publication=Publication.PUBLISHED)
PROPOSES = Answered(2, 2, proposes=True, publication=Publication.PUBLISHED)
GONE = Answered(3, 3, proposes=False, publication=Publication.PUBLISHED, gone=True)
WITHDRAWN = Answered(4, 4, proposes=False, publication=Publication.WITHDRAWN)
WHOLE: dict[Disposition, dict[str, Any]] = {
    Disposition.ACCEPTED: {"changes": 1},
    Disposition.ACCEPTED_MODIFIED: {"reason": "سبب", "changes": 1},
    Disposition.ACCEPTED_IN_PART: {"reason": "سبب", "changes": 1},
    Disposition.ALREADY_COVERED: {"reason": "سبب", "covered_by": "art_2"},
    Disposition.CLARIFIED: {"reason": "سبب"},
    Disposition.NOTED: {"reason": "سبب"},
    Disposition.DEFERRED: {"reason": "سبب", "until": "2027"},
    Disposition.REFERRED: {"reason": "سبب", "body": "وزارة"},
    Disposition.NOT_ACCEPTED: {"reason": "سبب"},
    Disposition.OUT_OF_SCOPE: {"reason": "سبب"},
    Disposition.SUPERSEDED: {"reason": "سبب"},
    Disposition.DUPLICATE: {"duplicate_of": 9},
    Disposition.WITHDRAWN: {},
}
ABOUT = {Disposition.SUPERSEDED: GONE, Disposition.WITHDRAWN: WITHDRAWN}


def codes(answer: Answer, comment: Answered) -> list[str]:
    return [error.code for error in faults(answer, (comment,))]


@pytest.mark.parametrize("disposition", list(Disposition))
def test_a_whole_answer_has_no_fault(disposition: Disposition) -> None:
    answer = Answer(disposition, **WHOLE[disposition])
    assert codes(answer, ABOUT.get(disposition, PLAIN)) == []


@pytest.mark.parametrize("disposition", list(Disposition))
def test_each_thing_that_is_missing_is_named(disposition: Disposition) -> None:
    expected = []
    rule = RULES[disposition]
    expected += ["reason_missing"] if rule.reason else []
    expected += ["change_missing"] if rule.change else []
    expected += [f"{rule.needs}_missing"] if rule.needs else []
    assert codes(Answer(disposition), ABOUT.get(disposition, PLAIN)) == expected


@pytest.mark.parametrize(
    ("disposition", "comment", "code"),
    [
        (Disposition.NOTED, PROPOSES, "noted_but_proposes"),
        (Disposition.SUPERSEDED, PLAIN, "text_not_gone"),
        (Disposition.WITHDRAWN, PLAIN, "not_withdrawn"),
        (Disposition.CLARIFIED, WITHDRAWN, "author_withdrew"),
    ],
)
def test_a_disposition_that_does_not_fit_its_comment(
    disposition: Disposition, comment: Answered, code: str
) -> None:
    assert codes(Answer(disposition, **WHOLE[disposition]), comment) == [code]


def test_a_change_goes_only_with_what_was_accepted() -> None:
    assert codes(Answer(Disposition.NOTED, reason="سبب", changes=1), PLAIN) == ["change_needless"]


def test_a_comment_does_not_repeat_itself() -> None:
    answer = Answer(Disposition.DUPLICATE, duplicate_of=PLAIN.key)
    assert codes(answer, PLAIN) == ["duplicate_of_itself"]


@pytest.mark.parametrize(
    ("repeats", "final"),
    [({1: None}, 1), ({1: 2, 2: None}, 2), ({1: 2, 2: 3, 3: None}, 3)],
)
def test_a_duplicate_takes_over_the_answer_at_the_end(
    repeats: dict[int, int | None], final: int
) -> None:
    assert final_answer(1, repeats) == final


@pytest.mark.parametrize(
    ("repeats", "code"),
    [
        ({1: 2}, "duplicate_unanswered"),
        ({1: 2, 2: 1}, "duplicate_circle"),
        ({1: 2, 2: 3, 3: 2}, "duplicate_circle"),
    ],
)
def test_a_chain_that_ends_nowhere_is_refused(repeats: dict[int, int | None], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        final_answer(1, repeats)


@pytest.mark.parametrize(("written", "changed"), [(7, 8), (8, 7), (7, 7)])
def test_nobody_approves_what_they_wrote_or_changed_last(written: int, changed: int) -> None:
    with pytest.raises(DomainError, match="own_response"):
        check_approver(7, written_by=written, changed_by=changed)
    check_approver(9, written_by=written, changed_by=changed)
