"""The honest counts of an edition, taken row by row (DOMAIN.md, rules of the matrix, 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.domain.matrices import Place
from portal.domain.responses import Disposition


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of an edition; the first three are always shown together.

    `received` counts comments, `dispositions` and `classes` rows: a comment that was split has
    several. `under_study` are the rows of an interim edition that have no answer yet; `answered`
    the comments that have one for every row.
    """

    received: int
    answered: int
    distinct_texts: int
    distinct_senders: int
    provisions_changed: int
    dispositions: Mapping[str, int]
    classes: Mapping[str, int]
    under_study: int


@dataclass
class Tally:
    """Counts while rows go by; `places` are `(document, article)`, each once, in their order."""

    comments: set[int] = field(default_factory=set)
    unanswered: set[int] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    senders: set[str] = field(default_factory=set)
    cited: set[Place] = field(default_factory=set)
    dispositions: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    places: dict[tuple[int | None, str], None] = field(default_factory=dict)

    def add(
        self,
        *,
        comment_id: int,
        text: str,
        sender: str,
        disposition: Disposition | None,
        sender_class: str,
        place: tuple[int | None, str],
        cited: Iterable[Place],
    ) -> None:
        """Count a row by the keys of its text and its sender."""
        self.comments.add(comment_id)
        if disposition is None:
            self.unanswered.add(comment_id)
        self.texts.add(text)
        self.senders.add(sender)
        self.cited.update(cited)
        self.dispositions[disposition.value if disposition else ""] += 1
        self.classes[str(sender_class)] += 1
        self.places.setdefault(place)

    def counts(self) -> Counts:
        dispositions = {code: number for code, number in self.dispositions.items() if code}
        return Counts(
            received=len(self.comments),
            answered=len(self.comments) - len(self.unanswered),
            distinct_texts=len(self.texts),
            distinct_senders=len(self.senders),
            provisions_changed=len(self.cited),
            dispositions=dispositions,
            classes=dict(self.classes),
            under_study=self.dispositions[""],
        )
