"""Anchors for the comments that came before there were any.

Each is anchored to the whole of its provision: what it quotes was never held against the text.
In later versions it stands at the provision with the same id, and is an orphan where there is none.

Revision: 0006, after 0005.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHERE_MADE = """
INSERT INTO comment_anchor
       (comment_id, version_id, standing, eid, exact, prefix, suffix, near_eid)
SELECT c.id, c.version_id, 'exact', c.eid, '', '', '', ''
  FROM comment c
 WHERE c.eid IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM comment_anchor a WHERE a.comment_id = c.id)
"""
IN_LATER_VERSIONS = """
INSERT INTO comment_anchor
       (comment_id, version_id, standing, eid, exact, prefix, suffix, near_eid)
SELECT c.id, v.id, CASE WHEN p.id IS NULL THEN 'orphaned' ELSE 'exact' END,
       COALESCE(p.eid, ''), '', '', '', ''
  FROM comment c
  JOIN draft_version made ON made.id = c.version_id
  JOIN draft_version v ON v.document_id = made.document_id
       AND v.number > made.number AND v.published_at IS NOT NULL
  LEFT JOIN provision p ON p.version_id = v.id AND p.eid = c.eid
 WHERE c.eid IS NOT NULL
   AND NOT EXISTS (
       SELECT 1 FROM comment_anchor a WHERE a.comment_id = c.id AND a.version_id = v.id)
"""


def upgrade() -> None:
    op.execute(WHERE_MADE)
    op.execute(IN_LATER_VERSIONS)


def downgrade() -> None:
    """The table itself goes with 0003; what was anchored since is not told apart."""
