"""Words for refusals about people's own data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_PEOPLE: dict[str, LazyString] = {
    "erased_already": _l("This submission was erased already."),
    "erase_unsure": _l("Tick the box: what is erased does not come back."),
    "person_unknown": _l("Nothing was sent under that reference or address."),
}
