"""Style that mirrors itself: one sheet serves Arabic and English, by logical properties alone."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import files, name, read

RULES = {
    "physical side": r"(?<![\w-])(?:left|right)\s*:",
    "physical box": r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b",
    "physical corner": r"border-(?:top|bottom)-(?:left|right)-radius",
    "physical alignment": r"(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b",
    "spaced letters, which break Arabic": r"letter-spacing",
    "italics, which Arabic has not": r"font-style\s*:\s*(?:italic|oblique)",
    "justification that opens gaps": r"text-align\s*:\s*justify",
    "something from elsewhere": r"@import|url\(\s*[\"']?(?:https?:)?//",
}


@pytest.mark.parametrize("what", RULES)
def test_the_sheet_has_no(what: str) -> None:
    found = [
        f"{name(file)}: {line.strip()[:100]}"
        for file in files(".css", under=("portal/static",))
        for line in read(file).splitlines()
        if re.search(RULES[what], line)
    ]
    assert found == []
