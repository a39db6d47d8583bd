"""Files that go with an erasure, once it is durable."""

from __future__ import annotations

from pathlib import Path

from portal.adapters import attachments, originals
from portal.adapters.files import sync_folder
from portal.formats.record_files.bundles import bundle_file
from portal.models.erasing import Files


def forget_files(data: Path, slug: str, files: Files) -> None:
    """Delete what was sent, and what was made of the consultation's editions; some may be gone."""
    attachments.forget(data, files.attachments)
    made = [originals.place_of(data, name) for name in files.made]
    made += [bundle_file(data, slug, number) for number in files.editions]
    for edition_id in files.edition_ids:
        made += (data / "exports" / "matrices").glob(f"{edition_id}-*")
    for path in made:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in made if path.parent.exists()}:
        sync_folder(folder)
