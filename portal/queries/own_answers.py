"""What the newest edition says of somebody's own comments, for who holds the receipt."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from portal.domain.responses import Disposition
from portal.domain.row_refs import parse_ref
from portal.models import MatrixEdition, MatrixRow, Satisfaction, db


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The row of a comment, or of a part of it, in the newest edition.

    `said` is what its author said of the answer, `may_say` whether it can still be said.
    """

    edition: int
    ref: str
    cells: dict[str, object]
    said: Satisfaction | None
    may_say: bool

    @property
    def answered(self) -> bool:
        """False while it is under study."""
        return bool(self.cells["disposition"])


def own_answers(consultation_id: int, comment_ids: list[int]) -> dict[int, tuple[AnswerView, ...]]:
    """What the newest edition says of each, part by part."""
    newest = (
        select(func.max(MatrixEdition.number))
        .where(MatrixEdition.consultation_id == consultation_id)
        .scalar_subquery()
    )
    query = (
        select(MatrixEdition, MatrixRow)
        .join(MatrixRow, MatrixRow.edition_id == MatrixEdition.id)
        .where(
            MatrixEdition.consultation_id == consultation_id,
            MatrixEdition.number == newest,
            MatrixRow.comment_id.in_(comment_ids),
        )
        .order_by(MatrixRow.position)
    )
    words = select(Satisfaction).where(Satisfaction.comment_id.in_(comment_ids))
    said = {(each.comment_id, each.part): each for each in db.session.scalars(words)}
    found: dict[int, tuple[AnswerView, ...]] = {}
    for edition, row in db.session.execute(query):
        own = said.get((row.comment_id, parse_ref(row.ref).part))
        answer = AnswerView(
            edition=edition.number,
            ref=row.ref,
            cells=row.cells,
            said=own,
            may_say=own is None
            and not edition.interim
            and row.disposition not in (None, Disposition.WITHDRAWN),
        )
        found[row.comment_id] = (*found.get(row.comment_id, ()), answer)
    return found
