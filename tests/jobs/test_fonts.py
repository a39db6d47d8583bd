"""The fonts: small enough for a phone, and whole enough for Arabic."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from config import ROOT
from portal.jobs.fonts import FACES, Face, build

LIMITS = {"plex-400": 45_000, "plex-600": 45_000, "amiri-400": 120_000}
SHAPING = {"init", "medi", "fina", "rlig", "ccmp"}


@pytest.fixture(scope="module", params=FACES, ids=lambda face: face.name)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    face: Face = request.param
    return build(face, tmp_path_factory.mktemp(face.name))


def test_a_font_is_small_enough_for_a_phone(made: Path) -> None:
    assert made.stat().st_size <= LIMITS[made.stem]


def test_a_font_has_every_letter_of_the_screens(made: Path) -> None:
    catalogue = ROOT / "translations" / "ar" / "LC_MESSAGES" / "messages.po"
    draft = ROOT / "portal" / "jobs" / "demo" / "bylaw.md"
    said = {*catalogue.read_text(encoding="utf-8"), *draft.read_text(encoding="utf-8")}
    wanted = {sign for sign in said if sign.isprintable()}
    assert {sign for sign in wanted if ord(sign) not in TTFont(made).getBestCmap()} == set()


def test_a_font_joins_letters_and_places_marks(made: Path) -> None:
    font = TTFont(made)
    shaping = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    placing = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert shaping >= SHAPING
    assert {"mark", "mkmk"} <= placing


def test_the_same_packages_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    face = next(face for face in FACES if face.name == made.stem)
    assert build(face, tmp_path).read_bytes() == made.read_bytes()
