"""The report of stakeholders' input, from a published edition."""

from __future__ import annotations

from portal.formats.impact_report import impact_report
from portal.queries.matrices import EditionHead, all_rows
from portal.queries.summaries import load_asked, load_figures


def write_impact(consultation_id: int, head: EditionHead, url: str) -> bytes:
    """The annex as DOCX, in the language words are being put in; `url` is the edition's page."""
    figures = load_figures(head.id)
    return impact_report(head.file, load_asked(consultation_id), figures, all_rows(head.id), url)
