"""What runs without a person in front of it: commands, scheduled and queued work, demo data."""

from __future__ import annotations

from flask import Flask

from portal.jobs import (
    accounts,
    consultations,
    demo,
    draft_convert,
    drafts,
    matrices,
    moderation,
    participation,
    queue,
    responses,
    serve,
    submissions,
    tick,
)


def init_app(app: Flask) -> None:
    """Add the commands."""
    for module in (
        accounts,
        consultations,
        demo,
        drafts,
        matrices,
        moderation,
        participation,
        responses,
        submissions,
    ):
        app.cli.add_command(module.commands)
    drafts.commands.add_command(draft_convert.convert_command)
    app.cli.add_command(queue.worker_command)
    app.cli.add_command(serve.serve_command)
    app.cli.add_command(tick.due_command)
