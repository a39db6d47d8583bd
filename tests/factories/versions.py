"""Versions of a draft made up for property tests: nested, repetitive, and alike."""

from __future__ import annotations

from hypothesis import strategies as st

from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import walk
from portal.domain.drafts import ProvisionKind
from portal.domain.provision_trees import ProvisionText

TEXTS = (
    "يعمل به من تاريخ نشره",
    "تلتزم الجهة بنشر ما لديها من معلومات خلال شهر واحد من تاريخ الطلب.",
    "تلتزم الجهة بنشر ما لديها من بيانات خلال شهرين من تاريخ الطلب.",
    "يعاقب كل من خالف أحكام هذا القانون بغرامة لا تقل عن مئة دينار.",
    "تشكل لجنة من خمسة أعضاء. ويختار الأعضاء رئيساً لهم. وتجتمع كل شهر.",
    "ويختار الأعضاء رئيساً لهم.",
    "تشكل لجنة من خمسة أعضاء.",
    "تعد الوزارة التقرير السنوي وتنشره على موقعها.",
    "شهر",
    "",
)
HEADINGS = ("", "", "اللجنة", "النشر", "العقوبات")
PREFIX = {
    ProvisionKind.ARTICLE: "art",
    ProvisionKind.PARAGRAPH: "para",
    ProvisionKind.POINT: "point",
}
SHAPE = (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.POINT)


def read(source: str) -> list[ProvisionText]:
    """The provisions that are found in a text."""
    return [
        ProvisionText(node.eid, node.kind, node.number, node.heading, node.text, depth)
        for node, depth in walk(parse(source).provisions)
    ]


@st.composite
def versions(draw: st.DrawFn, texts: tuple[str, ...] = TEXTS) -> list[ProvisionText]:
    """Articles with paragraphs and points, numbered in order; some stand under a chapter."""
    depths = draw(st.lists(st.sampled_from((0, 0, 1, 1, 2, 9)), max_size=14))
    found: list[ProvisionText] = []
    counts = [0, 0, 0]
    chapters, path = 0, ["", "", ""]
    for asked in depths:
        text = draw(st.sampled_from(texts))
        heading = draw(st.sampled_from(HEADINGS))
        if asked == 9:
            chapters += 1
            eid = f"chp_{chapters}"
            found.append(ProvisionText(eid, ProvisionKind.CHAPTER, str(chapters), heading, "", 0))
            counts[1:] = [0, 0]
            path[:] = ["", "", ""]
            continue
        level = asked
        while level and not path[level - 1]:
            level -= 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        kind = SHAPE[level]
        own = f"{PREFIX[kind]}_{counts[level]}"
        path[level] = f"{path[level - 1]}__{own}" if level else own
        path[level + 1 :] = [""] * (2 - level)
        given = heading if level == 0 else ""
        depth = level + bool(chapters)
        found.append(ProvisionText(path[level], kind, str(counts[level]), given, text, depth))
    return found
