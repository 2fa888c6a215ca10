-- PostgreSQL: beside the migrations, after 20261127211200_Messages2. It holds up nobody, and must not be in a
-- transaction. Where it was broken off: DROP INDEX CONCURRENTLY ix_messages_gap, then run it again.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_messages_gap
    ON messages (conversation_id, shown_before) WHERE shown_before is not null and is_shown;
