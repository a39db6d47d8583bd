"""The moderation desk: the queue, claims, held decisions, earlier texts, appeals, looks.

Revision: 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = (
    "consultation ADD COLUMN moderated_after BOOLEAN DEFAULT FALSE NOT NULL",
    "moderation_decision ADD COLUMN waited INTEGER",
    "outbox_mail ADD COLUMN comment_id INTEGER "
    "CONSTRAINT fk_outbox_mail_comment_id_comment REFERENCES comment (id)",
)
APPEND_ONLY = ("comment_revision", "original_look")
LAST_ENTRY, MORE_ENTRIES = "'account_changed'", ("edited", "appealed", "appeal_decided")
# An appeal is ruled once; what was written stays as it was.
RULED = "OLD.outcome IS NOT NULL"
SAME = ("comment_id", "decision_id", "against", "text", "at")
PENDING = (
    "SELECT c.id, c.consultation_id, k.body_id, c.document_id, c.eid, s.channel, s.sender_class, "
    "s.received_at FROM comment c JOIN submission s ON s.id = c.submission_id "
    "JOIN consultation k ON k.id = c.consultation_id WHERE c.publication = 'pending' ORDER BY c.id"
)
WAITS = (
    "INSERT INTO waiting "
    "(comment_id, consultation_id, body_id, place, channel, sender_class, since) "
    "VALUES (:comment, :consultation, :body, :place, :channel, :sender_class, :since)"
)


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for column in COLUMNS:  # as a statement of its own each, no table is made anew
        op.execute(f"ALTER TABLE {column}")
    op.create_index("ix_outbox_mail_comment", "outbox_mail", ["comment_id"])
    op.create_index(
        "uq_moderation_decision_by", "moderation_decision", ["id", "decided_by"], unique=True
    )
    _make_tables()
    if on_postgresql:
        _admit_entries_postgresql()
        _lock_postgresql()
    else:
        _admit_entries_sqlite()
        _lock_sqlite()
    _let_wait()


def _let_wait() -> None:
    """What waited for a moderator waits in the queue."""
    rows = [
        {
            "comment": comment,
            "consultation": consultation,
            "body": body,
            "place": f"{document}:{_article(eid)}" if document and eid else "",
            "channel": channel,
            "sender_class": sender_class,
            "since": received,
        }
        for comment, consultation, body, document, eid, channel, sender_class, received in (
            op.get_bind().execute(sa.text(PENDING))
        )
    ]
    if rows:
        op.get_bind().execute(sa.text(WAITS), rows)


def _article(eid: str) -> str:
    parts = eid.split("__")
    for index, part in enumerate(parts):
        if part.startswith("art_"):
            return "__".join(parts[: index + 1])
    return parts[0]


def _admit_entries_postgresql() -> None:
    """The CHECK with further kinds, beside whatever it admits by now."""
    name = "ck_record_entry_entry"
    held = op.get_bind().scalar(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": name},
    )
    cast = f"{LAST_ENTRY}::character varying"
    more = ", ".join(f"'{kind}'::character varying" for kind in MORE_ENTRIES)
    if held is None or cast not in held:
        raise RuntimeError(f"{name} is not as it was made: {held}")
    op.execute(f"ALTER TABLE record_entry DROP CONSTRAINT {name}")
    widened = held.replace(cast, f"{cast}, {more}")
    op.execute(f"ALTER TABLE record_entry ADD CONSTRAINT {name} {widened}")


def _admit_entries_sqlite() -> None:
    # As in 0003: a table made anew would lose its triggers and those that refer to it.
    op.execute("PRAGMA writable_schema = ON")
    widened = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :last, :more) "
        "WHERE type = 'table' AND name = 'record_entry'"
    )
    more = ", ".join((LAST_ENTRY, *(f"'{kind}'" for kind in MORE_ENTRIES)))
    op.get_bind().execute(widened, {"last": LAST_ENTRY, "more": more})
    op.execute("PRAGMA writable_schema = RESET")


def _lock_postgresql() -> None:
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in SAME)
    op.execute(
        "CREATE TRIGGER appeal_kept BEFORE UPDATE ON appeal FOR EACH ROW "
        f"WHEN ({RULED} OR {changed}) EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER appeal_stays BEFORE DELETE ON appeal "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _lock_sqlite() -> None:
    def refuse(name: str, event: str, table: str, condition: str) -> None:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'immutable: {table}'); END"
        )

    for table in APPEND_ONLY:
        refuse(f"{table}_no_update", "UPDATE", table, "")
        refuse(f"{table}_no_delete", "DELETE", table, "")
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in SAME)
    refuse("appeal_no_update", "UPDATE", "appeal", f"WHEN {RULED} OR {changed}")
    refuse("appeal_no_delete", "DELETE", "appeal", "")


def _make_tables() -> None:
    op.create_table(
        "waiting",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=220), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "portal",
                "workshop",
                "letter",
                "email",
                "import",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "sender_class",
            sa.Enum(
                "citizen",
                "civil_society",
                "private_sector",
                "academic",
                "government",
                name="senderclass",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["public_body.id"], name=op.f("fk_waiting_body_id_public_body")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_waiting_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_waiting_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_waiting")),
    )
    op.create_index("ix_waiting_body", "waiting", ["body_id", "since", "comment_id"], unique=False)
    op.create_index(
        "ix_waiting_channel", "waiting", ["body_id", "channel", "since", "comment_id"], unique=False
    )
    op.create_index(
        "ix_waiting_class",
        "waiting",
        ["body_id", "sender_class", "since", "comment_id"],
        unique=False,
    )
    op.create_index(
        "ix_waiting_consultation",
        "waiting",
        ["consultation_id", "since", "comment_id"],
        unique=False,
    )
    op.create_index(
        "ix_waiting_place",
        "waiting",
        ["consultation_id", "place", "since", "comment_id"],
        unique=False,
    )
    op.create_index("ix_waiting_since", "waiting", ["since", "comment_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_claim_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_claim_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_user_id"), "claim", ["user_id"], unique=False)
    op.create_table(
        "held_decision",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("seen_revision", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "publish",
                "redact",
                "withhold",
                "spam",
                "return",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "personal_data",
                "insult",
                "hate",
                "obscene",
                "advertising",
                "off_topic",
                "impersonation",
                "copyright",
                "same_author",
                "business_secret",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("takes_effect_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_held_decision_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["user_account.id"],
            name=op.f("fk_held_decision_decided_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_held_decision")),
    )
    op.create_index(
        "ix_held_decision_by", "held_decision", ["decided_by", "decided_at"], unique=False
    )
    op.create_index(
        op.f("ix_held_decision_takes_effect_at"), "held_decision", ["takes_effect_at"], unique=False
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_saved_filter_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_filter_user_id_name")),
    )
    op.create_table(
        "comment_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_revision_comment_id_comment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_revision")),
        sa.UniqueConstraint(
            "comment_id", "revision", name=op.f("uq_comment_revision_comment_id_revision")
        ),
    )
    op.create_table(
        "original_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_original_look_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_original_look_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original_look")),
    )
    op.create_index(
        op.f("ix_original_look_comment_id"), "original_look", ["comment_id"], unique=False
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld",
                "rejected",
                "lapsed",
                name="appealoutcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome = 'lapsed' OR (decided_by IS NOT NULL AND reasons <> '')",
            name=op.f("ck_appeal_ruled_why"),
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_appeal_says_why")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_appeal_ruled_when")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> against", name=op.f("ck_appeal_another_decides")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_appeal_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_appeal_decided_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "against"],
            ["moderation_decision.id", "moderation_decision.decided_by"],
            name=op.f("fk_appeal_decision_id_against_moderation_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
    )
    op.create_index("ix_appeal_comment", "appeal", ["comment_id", "id"], unique=False)
    op.create_index("ix_appeal_open", "appeal", ["outcome", "id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
