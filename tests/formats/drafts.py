"""Drafts to write as files: the project's own, the real law, one with everything, a translation."""

from __future__ import annotations

from dataclasses import replace

from portal.domain.draft_naming import with_eids
from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import ParsedDraft, ParsedProvision, walk
from portal.domain.drafts import ProvisionKind
from tests.factories.drafts import OWN

K = ProvisionKind
TABLE = """| الرقم | الخدمة | الرسم |
| --- | --- | --- |
| 1 | إصدار الترخيص | 25 |
| 2 | خدمة Cloud (SaaS) | 12<br>دينار |"""
OPEN_TABLE = "| الاسم |  |\n| العنوان |  |"


def provision(
    kind: ProvisionKind,
    marker: str = "",
    number: str = "",
    heading: str = "",
    text: str = "",
    children: tuple[ParsedProvision, ...] = (),
) -> ParsedProvision:
    return ParsedProvision("", kind, number, marker, heading, text, 0, children)


def everything() -> ParsedDraft:
    """The demo bylaw with tables, an annex, deep lists and characters that are hard to print."""
    own = parse(OWN.source)
    odd = "نص (أول) مع [معقوفة] و«اقتباس»: Open Government (OGP)، 079 000 0000 \u202e \x07 😀"
    points = (
        provision(K.POINT, "١-", "1", "", "بند أول\nعلى سطرين"),
        provision(K.POINT, "٢-", "2", "", "م" * 300),
    )
    more = (
        provision(
            *(K.ARTICLE, "المادة 21:", "21", "الرسوم", "تستوفى الرسوم الآتية:"),
            (provision(K.TABLE, text=TABLE), provision(K.TEXT, text="ولا ترد الرسوم.")),
        ),
        provision(
            *(K.ARTICLE, "المادة 22:", "22", "حالات خاصة", ""),
            (provision(K.PARAGRAPH, "أ-", "أ", "", odd, points),),
        ),
        provision(
            *(K.ANNEX, "الملحق رقم (1)", "1", "نموذج الطلب", "يملأ النموذج."),
            (provision(K.TABLE, text=OPEN_TABLE), provision(K.POINT, "1-", "1", "", "بند ملحق")),
        ),
    )
    return ParsedDraft(own.title, with_eids(own.provisions + more), ())


def translated(draft: ParsedDraft) -> ParsedDraft:
    """With an English text for everything."""

    def english(node: ParsedProvision) -> ParsedProvision:
        text = f"Translation of {node.eid}" if node.text else ""
        if node.kind is K.TABLE:
            text = f"| {text} |"
        heading = "Translated heading" if node.heading else ""
        below = tuple(map(english, node.children))
        return replace(node, text_en=text, heading_en=heading, children=below)

    return ParsedDraft(draft.title, tuple(map(english, draft.provisions)), ())


def text_of(draft: ParsedDraft) -> str:
    """All words of a draft in reading order, its marks without Markdown's."""
    return "\n".join(
        f"{node.marker.strip('# ')} {node.heading} {node.text.replace('<br>', ' ')}"
        for node, _depth in walk(draft.provisions)
    )
