"""Tables of comments that no program of ours wrote are refused in words."""

from __future__ import annotations

import pytest

from portal.domain.errors import DomainError, Refusals
from portal.domain.submissions import Channel
from portal.formats.comment_files import read_comments

HEAD = "comment,document,received\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + "x" * 140_000, "file_not_csv"),
        ("[" * 100_000, "file_not_json"),
        (HEAD + "نص," + "9" * 5_000 + ",\n", "cell_unknown"),
        (HEAD + "نص,²,\n", "cell_unknown"),
        (HEAD + "نص,1,0001-01-01\n", "cell_unknown"),
        (HEAD + "نص,1,9999-12-31T23:59:59-12:00\n", "cell_unknown"),
    ],
)
def test_a_table_that_cannot_be_is_refused(text: str, code: str) -> None:
    with pytest.raises((DomainError, Refusals)) as refused:
        read_comments(text, Channel.IMPORT)
    assert code in str(refused.value)


def test_line_ends_of_old_programs_are_read() -> None:
    (found,) = read_comments('comment,document\r"سطر\rآخر",٢\r', Channel.IMPORT)
    assert (found.text, found.document) == ("سطر\rآخر", 2)
