-- PostgreSQL: beside the migrations, after 20261128094921_Webhooks. It holds up nobody, and must not be in a
-- transaction. Where it was broken off: DROP INDEX CONCURRENTLY ix_participants_role, then run it again.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_participants_role
    ON participants (conversation_id, role, joined_at, user_id);
