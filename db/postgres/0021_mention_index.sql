-- PostgreSQL: beside the migrations, after 20261127211200_Messages2. It holds up nobody, and must not be in a
-- transaction. Where it was broken off: DROP INDEX CONCURRENTLY ix_mentions_message, then run it again.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_mentions_message
    ON mentions (conversation_id, sequence);
