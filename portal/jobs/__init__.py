"""What runs without a person in front of it: commands, scheduled and queued work, demo data."""

from __future__ import annotations

from functools import partial

from flask import Flask

from portal.jobs import (
    accounts,
    backups,
    consultations,
    demo,
    draft_compare,
    draft_convert,
    drafts,
    matrices,
    moderation,
    participation,
    queue,
    record,
    responses,
    search,
    serve,
    submissions,
    tick,
)


def init_app(app: Flask) -> None:
    """Add the commands, and the way in which the web tells a worker of an import."""
    app.extensions["nudge"] = partial(queue.nudge, app)
    for module in (
        accounts,
        backups,
        consultations,
        demo,
        drafts,
        matrices,
        moderation,
        participation,
        record,
        responses,
        submissions,
    ):
        app.cli.add_command(module.commands)
    drafts.commands.add_command(draft_compare.compare_command)
    drafts.commands.add_command(draft_convert.convert_command)
    app.cli.add_command(queue.worker_command)
    app.cli.add_command(search.search_command)
    app.cli.add_command(search.reindex_command)
    app.cli.add_command(serve.serve_command)
    app.cli.add_command(tick.due_command)
