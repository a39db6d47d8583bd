"""Two versions of a draft compared: provisions matched, then what changed word by word."""

from __future__ import annotations

from functools import partial
from random import Random

from bench.harness import Candidates
from portal.domain.draft_comparison import compare, word_changes
from portal.domain.drafts import ProvisionKind, Relation
from portal.domain.provision_matching import match
from portal.domain.provision_trees import ProvisionText

ARTICLES, PARAGRAPHS, WORDS = 150, 8, 50  # 60,000 words
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def _vocabulary(random: Random) -> list[str]:
    """Words as in a statute: a few everywhere, most of them seldom."""
    return ["".join(random.choices(LETTERS, k=random.randint(2, 8))) for _ in range(6_000)]


def _article(random: Random, words: list[str]) -> list[str]:
    weights = [1 / (at + 3) for at in range(len(words))]
    return [
        " ".join(random.choices(words, weights, k=WORDS)) + "." for _paragraph in range(PARAGRAPHS)
    ]


def _version(articles: list[list[str]]) -> list[ProvisionText]:
    found = []
    for at, paragraphs in enumerate(articles, start=1):
        found.append(ProvisionText(f"art_{at}", ProvisionKind.ARTICLE, str(at), "", ""))
        for number, text in enumerate(paragraphs, start=1):
            eid = f"art_{at}__para_{number}"
            kind = ProvisionKind.PARAGRAPH
            found.append(ProvisionText(eid, kind, str(number), "", text, 1))
    return found


def _changed(random: Random, words: list[str], article: list[str]) -> list[str]:
    """Every word in eight another: what a redrafted article looks like."""
    return [
        " ".join(
            random.choice(words) if random.random() < 0.125 else word for word in text.split(" ")
        )
        for text in article
    ]


def _versions(times: int) -> tuple[list[ProvisionText], list[ProvisionText]]:
    """A draft `times` the size and the next version: 20 % of its articles changed, others moved,
    taken out and put in."""
    random = Random(times)  # noqa: S311 (made-up texts)
    words = _vocabulary(random)
    old = [_article(random, words) for _ in range(ARTICLES * times)]
    new = [
        _changed(random, words, article) if at % 5 == 0 else article
        for at, article in enumerate(old)
    ]
    for at in range(0, len(new), ARTICLES):
        new.insert(at + 20, new.pop(at + 90))
        new[at + 40] = _article(random, words)
        new.insert(at + 60, _article(random, words))
    return _version(old), _version(new)


def _compared(old: list[ProvisionText], new: list[ProvisionText]) -> int:
    changes = compare(old, new)
    quiet = (Relation.SAME, Relation.RENUMBERED)
    return sum(
        len(word_changes(each.before, each.after)) for each in changes if each.relation not in quiet
    )


def comparing() -> Candidates:
    """Matching and word changes at 1, 4 and 16 times 150 articles (60,000 words)."""
    sizes = {times: _versions(times) for times in (1, 4, 16)}
    return {
        f"{ARTICLES * times} articles": partial(_compared, *pair) for times, pair in sizes.items()
    }


def matched_before() -> Candidates:
    """150 articles, all of it; the matches alone; and with the matches that are kept."""
    old, new = _versions(1)
    kept = match(old, new)
    return {
        "all of it": partial(_compared, old, new),
        "matches": partial(match, old, new),
        "kept matches, no words": partial(compare, old, new, kept),
    }
