-- PostgreSQL: from migration 20261127182536_Revocations to 20261127192500_UserBlocks.

BEGIN;

-- Users who want nothing to do with each other. Each block has a row on either side: blocks in the row of who has
-- blocked the other, is_blocked in the other's.
CREATE TABLE user_blocks (
    tenant character varying(64) COLLATE "C" NOT NULL,
    user_id character varying(255) COLLATE "C" NOT NULL,
    other_id character varying(255) COLLATE "C" NOT NULL,
    blocks boolean NOT NULL,
    is_blocked boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_user_blocks PRIMARY KEY (tenant, user_id, other_id)
);
CREATE INDEX ix_user_blocks_changed_at ON user_blocks (changed_at);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127192500_UserBlocks', '10.0.15');

COMMIT;
