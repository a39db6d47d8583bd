"""What runs without a person in front of it: commands, scheduled and queued work, demo data."""

from __future__ import annotations

from functools import partial

from flask import Flask

from portal.jobs import (
    accounts,
    answer_sheets,
    backups,
    consultations,
    demo,
    draft_compare,
    draft_convert,
    drafts,
    impact,
    matrices,
    moderation,
    participation,
    person,
    queue,
    record,
    responses,
    search,
    seeding,
    serve,
    submissions,
    tick,
)


def init_app(app: Flask) -> None:
    """Add the commands, and the ways in which the web tells a worker of what waits."""
    app.extensions["nudge"] = partial(queue.nudge, app)
    app.extensions["nudge_looking"] = partial(queue.nudge_looking, app)
    app.extensions["nudge_edition"] = partial(queue.nudge_edition, app)
    app.extensions["nudge_sheet"] = partial(queue.nudge_sheet, app)
    for module in (
        accounts,
        backups,
        consultations,
        demo,
        drafts,
        matrices,
        moderation,
        participation,
        person,
        record,
        responses,
        seeding,
        submissions,
    ):
        app.cli.add_command(module.commands)
    drafts.commands.add_command(draft_compare.compare_command)
    drafts.commands.add_command(draft_convert.convert_command)
    matrices.commands.add_command(impact.impact_command)
    matrices.commands.add_command(answer_sheets.answers_command)
    matrices.commands.add_command(answer_sheets.import_command)
    app.cli.add_command(queue.worker_command)
    app.cli.add_command(search.search_command)
    app.cli.add_command(search.reindex_command)
    app.cli.add_command(serve.serve_command)
    app.cli.add_command(tick.due_command)
