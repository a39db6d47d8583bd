"""The index of search. What is published already is put into it by the next run of the clock.

Revision: 0004, after 0003.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The words come folded and separated by spaces; to the tokenizer `ascii` every character beyond
# ASCII is a letter, so it parts them at those spaces and nowhere else, in every version of SQLite.
SQLITE = (
    "CREATE VIRTUAL TABLE search_words "
    "USING fts5(words, consultation_id UNINDEXED, tokenize = 'ascii')"
)
POSTGRESQL = (
    "CREATE TABLE search_words ("
    "rowid BIGINT NOT NULL CONSTRAINT pk_search_words PRIMARY KEY, "
    "consultation_id INTEGER NOT NULL, "
    "words TSVECTOR NOT NULL)",
    "CREATE INDEX ix_search_words_consultation ON search_words (consultation_id, rowid)",
    # Without its list of what is still to be sorted in, every search costs the same.
    "CREATE INDEX ix_search_words_words ON search_words USING gin (words) WITH (fastupdate = off)",
    # Words that many entries have are soon found by looking at the highest entries themselves;
    # for the others the index is quicker. The planner cannot know which: it takes words to be
    # spread evenly, and they are as their subjects are. So both ways are gone, in this order.
    """
    CREATE FUNCTION search_found(
        wanted tsquery, place integer, lowest bigint, highest bigint, most integer
    ) RETURNS TABLE (entry bigint) LANGUAGE plpgsql STABLE ROWS 20 SET enable_seqscan = off AS $$
    DECLARE
        looked_at integer;
        entries bigint[];
    BEGIN
        -- Where the first thousand hold half of what is wanted, the next may hold the rest.
        FOREACH looked_at IN ARRAY ARRAY[1000, 4000] LOOP
            IF place IS NULL THEN
                entries := ARRAY(
                    SELECT high.rowid FROM (
                        SELECT s.rowid, s.words FROM search_words s
                        WHERE s.rowid BETWEEN lowest AND highest
                        ORDER BY s.rowid DESC LIMIT looked_at
                    ) high WHERE high.words @@ wanted LIMIT most
                );
            ELSE
                entries := ARRAY(
                    SELECT high.rowid FROM (
                        SELECT s.rowid, s.words FROM search_words s
                        WHERE (s.consultation_id, s.rowid) >= (place, lowest)
                            AND (s.consultation_id, s.rowid) <= (place, highest)
                        ORDER BY s.consultation_id DESC, s.rowid DESC LIMIT looked_at
                    ) high WHERE high.words @@ wanted LIMIT most
                );
            END IF;
            EXIT WHEN cardinality(entries) = most OR cardinality(entries) < most / 2;
        END LOOP;
        IF cardinality(entries) = most THEN
            RETURN QUERY SELECT unnest(entries);
        ELSE
            -- The sums leave the planner no way to go but the index of words.
            RETURN QUERY SELECT s.rowid FROM search_words s
                WHERE s.words @@ wanted AND s.rowid + 0 BETWEEN lowest AND highest
                ORDER BY s.rowid + 0 DESC LIMIT most;
        END IF;
    END $$
    """,
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRESQL:
            op.execute(statement)
    else:
        op.execute(SQLITE)


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
