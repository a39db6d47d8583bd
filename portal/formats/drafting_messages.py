"""The words for what the drafter's desk refuses: imports, corrections of the structure."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

DRAFTING: dict[str, LazyString] = {
    "draft_to_confirm": _l(
        "This text was read from a PDF: somebody must compare it with the pages and confirm it."
    ),
    "not_compared": _l("Tick that you compared the text with the pages."),
    "file_missing": _l("Choose a file, or paste the text."),
    "file_holds_nothing": _l("The file is empty."),
    "import_under_way": _l("A file of this document is being read already. Wait until it is done."),
    "import_given_up": _l("Reading this file was broken off again and again, so it was given up."),
    "working_version_there": _l("A version is being prepared already: go on with that one."),
    "nothing_published": _l("No version of this document is published yet."),
    "corrected_meanwhile": _l(
        "%(name)s corrected this version meanwhile (%(act)s). Your act was not recorded: look at "
        "how it stands now, and do it again if it is still needed."
    ),
    "corrected_since": _l(
        "This version was changed since you opened the page. Look at how it stands now."
    ),
    "choose_provision": _l("Choose a provision first."),
    "nothing_to_undo": _l("There is nothing to undo."),
    "nothing_to_redo": _l("There is nothing to make again."),
    "structure_first": _l("Nothing stands before it here."),
    "structure_last": _l("Nothing stands after it here."),
    "structure_no_parent": _l("It cannot move in: nothing stands before it at its level."),
    "structure_outermost": _l("It cannot move out any further."),
    "structure_nesting": _l("“%(lower)s” cannot stand under “%(upper)s”."),
    "structure_deep": _l("A draft has at most %(maximum)s levels."),
    "structure_split_nothing": _l("There is no text on both sides of this place."),
    "structure_table": _l("A table is not split or joined with a text."),
    "structure_not_a_table": _l("This is no table: each line of one begins with |."),
    "structure_not_empty": _l(
        "Only an empty provision is deleted, so that no word is lost. Join it to the one before."
    ),
    "structure_only_one": _l("It is the only provision there is."),
    "number_missing": _l("Write the number."),
    "kind_missing": _l("Choose the kind."),
    "number_needless": _l("Plain text has no number. Change its kind first."),
    "number_unread": _l("This is no number that others could follow."),
}
