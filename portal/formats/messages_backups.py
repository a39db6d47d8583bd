"""The words for errors of backup and restore: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_BACKUPS: dict[str, LazyString] = {
    "backup_exists": _l("There is a file %(file)s already; a backup is written over nothing."),
    "backup_no_folder": _l("There is no folder %(folder)s."),
    "backup_nothing": _l("There is no database to back up, or it does not answer."),
    "backup_unreadable": _l("This file is no backup of Radd, or is cut off (%(reason)s)."),
    "backup_damaged": _l("The backup is damaged: %(member)s. Nothing was restored."),
    "restore_database_used": _l("The database is not empty. Restore into an empty one."),
    "restore_folder_used": _l(
        "The data folder is not empty (%(names)s). Restore into an empty one."
    ),
    "restore_other_database": _l("This backup is of %(of)s, and DATABASE_URL names %(here)s."),
    "restore_newer": _l(
        "This backup is of a newer Radd (schema %(schema)s): bring the code up first."
    ),
    "dump_program_missing": _l(
        "%(program)s is not installed. On Debian and Ubuntu: apt-get install postgresql-client"
    ),
    "dump_failed": _l("The database could not be copied: %(reason)s"),
}
