-- SQLite: from migration 20261127182543_Revocations to 20261127192600_UserBlocks.

BEGIN;

-- Users who want nothing to do with each other. Each block has a row on either side: blocks in the row of who has
-- blocked the other, is_blocked in the other's.
CREATE TABLE "user_blocks" (
    "tenant" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "other_id" TEXT NOT NULL,
    "blocks" INTEGER NOT NULL,
    "is_blocked" INTEGER NOT NULL,
    "changed_at" INTEGER NOT NULL,
    CONSTRAINT "pk_user_blocks" PRIMARY KEY ("tenant", "user_id", "other_id")
);
CREATE INDEX "ix_user_blocks_changed_at" ON "user_blocks" ("changed_at");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127192600_UserBlocks', '10.0.15');

COMMIT;
