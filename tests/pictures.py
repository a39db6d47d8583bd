"""`make pictures`: the pictures of the README, taken from the demo in a real browser."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from config import ROOT
from portal.jobs.demo import load_demo
from tests.fixtures import apps, live
from tests.fixtures.browser import DESKTOP, PHONE, Visitor, chromium

FOLDER = ROOT / "docs" / "pictures"
DOCUMENT = "consultations/electronic-participation/documents/1"
CHANGES = "consultations/service-appointments/documents/1/versions/2/changes"
MATRIX = "consultations/service-appointments/matrix"


class Picture(NamedTuple):
    """What is taken: the file's name, the page, how wide and high the window is in pixels."""

    name: str
    path: str
    width: int
    height: int


PICTURES = (
    Picture("document", f"/ar/{DOCUMENT}#art_5", DESKTOP, 900),
    Picture("matrix", f"/ar/{MATRIX}", DESKTOP, 900),
    Picture("comparison", f"/ar/{CHANGES}", DESKTOP, 900),
    Picture("document-phone", f"/ar/{DOCUMENT}", PHONE, 720),
    Picture("matrix-english", f"/en/{MATRIX}", DESKTOP, 900),
)


def take(visitor: Visitor, picture: Picture) -> Path:
    """Write one picture, after the fonts have come."""
    page = visitor.page(width=picture.width, reduced_motion="reduce")
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto(picture.path)
    page.evaluate("document.fonts.ready")
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file)
    return file


def main() -> None:
    """Serve the demo from a folder that is gone afterwards, and write all pictures."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        apps.migrate(Path(folder))
        with live.served(Path(folder)) as served:
            load_demo(served.app.extensions["clock"]())
            visitor = Visitor(browser, served.url)
            for picture in PICTURES:
                sys.stdout.write(f"{take(visitor, picture).relative_to(ROOT)}\n")
            visitor.leave()


if __name__ == "__main__":
    main()
