"""The words for errors of the summary: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_SUMMARIES: dict[str, LazyString] = {
    "summary_text_missing": _l("Write this text: all six are published together."),
    "summary_needs_edition": _l(
        "There is no published response matrix yet that a summary could speak of."
    ),
    "summary_changed_meanwhile": _l(
        "Somebody kept another version meanwhile. What you wrote is kept below, not recorded."
    ),
    "summary_published": _l("No version waits to be published."),
    "summary_old_edition": _l(
        "A later edition of the matrix came out since this was written. Keep a new version first,"
        " so that words and figures agree."
    ),
    "own_summary": _l("Nobody publishes a summary that they wrote: a second person does."),
}
