"""`make pictures`: the pictures of the README, taken from the demo in a real browser."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from config import ROOT
from portal.formats.matrix_files.edition import FILE_LANGUAGES
from portal.formats.matrix_files.writing import FORMATS, write
from portal.jobs.demo import load_demo
from portal.queries.consultations import find_scope
from portal.queries.matrices import all_rows, editions
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


def take_pages(app: Flask) -> Iterator[Path]:
    """The first pages of a published matrix as it is printed: to be signed, and its rows."""
    with app.app_context(), tempfile.TemporaryDirectory() as folder:
        scope = find_scope(MATRIX.split("/")[1], app.extensions["clock"]())
        assert scope is not None
        head = editions(scope.id)[0]
        for language in FILE_LANGUAGES:
            printed = Path(folder) / f"{language}.pdf"
            write(FORMATS["pdf"], head.file, partial(all_rows, head.id), language, printed)
            for number, name in enumerate(("title", "rows"), start=1):
                file = FOLDER / f"matrix-pdf-{language}-{name}"
                page = ("-f", str(number), "-l", str(number), "-singlefile", "-r", "75")
                subprocess.run(["pdftoppm", "-png", *page, printed, file], check=True)
                yield file.with_suffix(".png")


def main() -> None:
    """Serve the demo from a folder that is gone afterwards, and write all pictures."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        apps.migrate(Path(folder))
        with live.served(Path(folder)) as served:
            load_demo(served.app.extensions["clock"]())
            visitor = Visitor(browser, served.url)
            for picture in PICTURES:
                sys.stdout.write(f"{take(visitor, picture).relative_to(ROOT)}\n")
            for file in take_pages(served.app):
                sys.stdout.write(f"{file.relative_to(ROOT)}\n")
            visitor.leave()


if __name__ == "__main__":
    main()
