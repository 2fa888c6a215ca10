-- PostgreSQL: beside the migrations, after 20261127144104_Tenants. It holds up nobody, and must not be in a transaction.
-- Where it was broken off: DROP INDEX CONCURRENTLY ix_participants_tenant_user_id, then run it again.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_participants_tenant_user_id
    ON participants (tenant, user_id, conversation_id);
