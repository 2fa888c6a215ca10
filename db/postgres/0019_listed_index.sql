-- PostgreSQL: beside the migrations, after 20261127211200_Messages2. It holds up nobody, and must not be in a
-- transaction. Where it was broken off: DROP INDEX CONCURRENTLY ix_conversations_listed, then run it again.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_conversations_listed
    ON conversations (tenant, listed_at DESC);
