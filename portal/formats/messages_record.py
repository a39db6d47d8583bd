"""The words for errors of the record and its witnesses: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_RECORD: dict[str, LazyString] = {
    "record_no_key": _l("The record has no key yet: make a checkpoint first."),
    "record_key_missing": _l("The key of the record cannot be used: %(reason)s"),
    "record_waiting": _l("The edition is not in a signed checkpoint yet: make one first."),
    "record_edition_old": _l(
        "Edition %(edition)s is from before the record could be checked. A corrigendum can be."
    ),
    "receipt_missing": _l("Type a reference or choose a receipt."),
    "receipt_large": _l("That is too large for a receipt."),
    "bundle_not_empty": _l("%(folder)s has files in it already; choose an empty folder."),
    "witness_away": _l("The portal could not be asked: %(reason)s"),
    "witness_note": _l("What the portal gave is not a signed checkpoint."),
    "witness_key": _l(
        "The checkpoint is signed with a key that is not in %(file)s. If the portal announced it,"
        " add it there: %(key)s"
    ),
    "witness_shrunk": _l(
        "The portal shows a tree of %(size)s leaves, and showed one of %(before)s before. The"
        " checkpoint is kept as %(file)s: tell others of it."
    ),
    "witness_forked": _l(
        "The tree of %(size)s leaves does not begin with the one of %(before)s that was kept. The"
        " checkpoint is kept as %(file)s: tell others of it."
    ),
}
