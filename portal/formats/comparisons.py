"""A comparison in words: what is folded, where something was before, where it went."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.domain.draft_blocks import Block, Fold
from portal.domain.draft_comparison import Change
from portal.domain.drafts import ProvisionKind, Relation
from portal.domain.provision_trees import ProvisionText
from portal.formats.citations import cite, named


def unit_name(unit: ProvisionText | None) -> str:
    """An article by the number that it bears: المادة 5."""
    if unit is None:
        return ""
    if unit.kind is ProvisionKind.TEXT:
        return _("Text outside the articles")
    return named(unit.kind, unit.number) if unit.number else unit.heading or cite(unit.eid)


def fold_words(fold: Fold) -> str:
    """What a fold holds: `Articles 5 to 9: unchanged`."""
    blocks = [each for each in fold.blocks if _is_article(each)] or list(fold.blocks)
    first, last = blocks[0], blocks[-1]
    names = {"first": _name(first, first), "last": _name(last, first)}
    was = {"old_first": _number(first.old), "old_last": _number(last.old)}
    if fold.relation is Relation.SAME:
        if first is last:
            return _("%(place)s: unchanged", place=unit_name(first.unit))
        if _is_article(first) and len(blocks) == 2:
            return _("Articles %(first)s and %(last)s: unchanged", **names)
        if _is_article(first):
            return _("Articles %(first)s to %(last)s: unchanged", **names)
        return _("From %(first)s to %(last)s: unchanged", **names)
    if first is last or not _is_article(first):
        return _(
            "%(place)s, formerly %(number)s: only the number changed",
            place=unit_name(first.unit),
            number=was["old_first"],
        )
    if len(blocks) == 2:
        return _(
            "Articles %(first)s and %(last)s, formerly %(old_first)s and %(old_last)s: "
            "only the numbers changed",
            **names,
            **was,
        )
    return _(
        "Articles %(first)s to %(last)s, formerly %(old_first)s to %(old_last)s: "
        "only the numbers changed",
        **names,
        **was,
    )


def _is_article(block: Block) -> bool:
    unit = block.unit
    return unit is not None and unit.kind is ProvisionKind.ARTICLE and bool(unit.number)


def _name(block: Block, first: Block) -> str:
    return _number(block.unit) if _is_article(first) else unit_name(block.unit)


def _number(unit: ProvisionText | None) -> str:
    return unit.number or unit_name(unit) if unit else ""


def formerly(change: Change) -> str:
    """Where a provision that stayed among its neighbours stood by number, if it was another."""
    if not change.old or not change.new or change.relation in (Relation.SAME, Relation.MOVED):
        return ""
    if change.old.number == change.new.number and change.old.kind is change.new.kind:
        return ""
    return cite(change.old_eid)
