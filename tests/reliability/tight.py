"""The portal with small portions and short waits, so that kills fall into the middle of its work.

Served as `tests.reliability.tight:app`; `flask --app tests.reliability.tight worker` is its worker.
A dozen rows are published as thousands are in service: by the job, in portions, with files.
Never imported by a test: what it changes, it changes for the whole process.
"""

from __future__ import annotations

from datetime import timedelta

from huey.consumer import Scheduler

from portal.application import create_app
from portal.formats.matrix_files import writing
from portal.jobs import edition_files
from portal.jobs import editions as job
from portal.models import telling
from portal.queries import editions as freezing
from portal.queries import freezing as reading
from portal.services import matrices
from portal.web.desk import matrices as view
from tests.reliability.editions import FILES

MINUTE = 2  # seconds
ROWS = 3

Scheduler.periodic_task_seconds = MINUTE
reading.PORTION = telling.PORTION = ROWS
vars(freezing)["PORTION"] = ROWS
view.AT_ONCE = writing.AT_ONCE = ROWS
job.PAUSE = 0.2
matrices.KILLED_AFTER = timedelta(seconds=4)
matrices.FILE_KILLED_AFTER = timedelta(seconds=6)
vars(edition_files)["FORMATS"] = {name: writing.FORMATS[name] for name in FILES}

app = create_app()
