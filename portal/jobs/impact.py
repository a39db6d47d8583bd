"""`flask matrix impact`: the annex on stakeholders' input for an impact assessment."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask_babel import force_locale

from portal.domain.bilingual import LANGUAGES
from portal.domain.errors import DomainError
from portal.jobs.console import JSON, run_or_exit, tell
from portal.jobs.matrices import scope_of
from portal.queries.impact import write_impact
from portal.queries.matrices import editions


@click.command("impact")
@click.argument("slug")
@click.option("--edition", type=int, default=None, help="Which edition; the newest by default.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="ar", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@JSON
def impact_command(
    slug: str, edition: int | None, language: str, output: Path, for_programs: bool
) -> None:
    """Write the report of stakeholders' input (who, what, what was done) of SLUG as DOCX."""
    with run_or_exit():
        scope = scope_of(slug)
        head = next((e for e in editions(scope.id) if edition in (None, e.file.number)), None)
        if head is None:
            raise DomainError("no_such_edition")
        with force_locale(language):
            base = current_app.extensions["settings"].base_url
            url = f"{base}/{language}/consultations/{slug}/matrix/{head.file.number}"
            output.write_bytes(write_impact(scope.id, head, url))
        told = {"file": str(output), "edition": head.file.number}
        tell(for_programs, told, f"{output}: edition {head.file.number}.")
