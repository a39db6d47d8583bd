"""Pages of a PDF as pictures, to be compared with the text that was found."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

from portal.domain.errors import DomainError
from portal.formats.draft_files.pdf_in import open_pdf

MAX_WIDTH = 2_400  # pixels
MAX_PIXELS = 20_000_000


def draw_page(data: bytes, number: int, width: int) -> bytes:
    """Page `number` (from 1) as a PNG of `width` pixels, at most 2,400.

    Raises `not_found` for a page that is not there, `reading_too_large` for one out of all
    measure, and what `open_pdf` raises.
    """
    document = open_pdf(data)
    if not 1 <= number <= len(document):
        raise DomainError("not_found", status=404)
    try:
        page = document[number - 1]
        across, down = page.get_size()
        scale = min(max(width, 1), MAX_WIDTH) / max(across, 1)
        if across * down * scale * scale > MAX_PIXELS:
            raise DomainError("reading_too_large", field="file")
        picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError as error:
        raise DomainError("file_unreadable", field="file") from error
    written = BytesIO()
    picture.convert("RGB").save(written, "PNG")
    return written.getvalue()
