"""Fonts for the browser: `python -m portal.jobs.fonts` cuts them from the installed packages.

IBM Plex Sans Arabic is the interface, Amiri the text of the law. What a reader in Jordan needs is
kept, so that a phone loads 25 KB a weight instead of 230; a rare letter comes from a system font.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import fontpkg
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "static" / "fonts"


class Face(NamedTuple):
    """A face to cut: the file's name without suffix, and where it comes from."""

    name: str
    family: str
    weight: int


FACES = (
    Face("plex-400", "IBM Plex Sans Arabic", 400),
    Face("plex-600", "IBM Plex Sans Arabic", 600),
    Face("amiri-400", "Amiri", 400),
)
KEPT = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00BF),  # « » · and other Latin-1 punctuation
    (0x00D7, 0x00D7),  # ×
    (0x060C, 0x060C),  # ،
    (0x061B, 0x061F),  # ؛ ؟ and the Arabic letter mark
    (0x0621, 0x065F),  # letters, tatweel, marks
    (0x0660, 0x066C),  # Arabic digits, ٪
    (0x0670, 0x0671),  # superscript alef, alef wasla
    (0x067E, 0x067E),  # پ چ ڤ گ ک ی: names and words taken from elsewhere
    (0x0686, 0x0686),
    (0x06A4, 0x06A4),
    (0x06A9, 0x06A9),
    (0x06AF, 0x06AF),
    (0x06CC, 0x06CC),
    (0x06F0, 0x06F9),  # Persian digits
    (0x200B, 0x200F),  # joiners and direction marks
    (0x2010, 0x2026),  # dashes, quotation marks, •, …
    (0x202F, 0x202F),  # narrow space
    (0x2039, 0x203A),  # ‹ ›
    (0x2066, 0x2069),  # isolates
    (0x2190, 0x2193),  # arrows
    (0xFD3E, 0xFD3F),  # ﴾ ﴿
)
FEATURES = ("tnum", "lnum", "pnum")


def options() -> Options:
    """Every shaping feature, figures of even width, no hints: small text is drawn without them."""
    chosen = Options()
    chosen.hinting = False
    chosen.layout_features = [*chosen.layout_features, *FEATURES]
    chosen.drop_tables = [*chosen.drop_tables, "meta"]
    return chosen


def build(face: Face, folder: Path = FOLDER) -> Path:
    """Write the face as woff2, the same bytes each time."""
    font = TTFont(fontpkg.path(face.family, face.weight), recalcTimestamp=False)
    cutter = Subsetter(options())
    cutter.populate(unicodes=[code for first, last in KEPT for code in range(first, last + 1)])
    cutter.subset(font)
    font.flavor = "woff2"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{face.name}.woff2"
    font.save(file)
    return file


def main() -> None:
    """Build all faces and say how large they became."""
    for face in FACES:
        file = build(face)
        sys.stdout.write(f"{file.name} {file.stat().st_size / 1000:.0f} KB\n")


if __name__ == "__main__":
    main()
