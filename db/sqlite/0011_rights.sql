-- SQLite: from migration 20261127180727_KeysAndAudit to 20261127182502_Rights.

BEGIN;

ALTER TABLE "conversations" ADD "slow_mode_seconds" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "participants" ADD "role_reason" TEXT NULL;

ALTER TABLE "participants" ADD "role_until" INTEGER NULL;

-- When a user sent last to a conversation in slow mode.
CREATE TABLE "slow_sends" (
    "conversation_id" BLOB NOT NULL,
    "user_id" TEXT NOT NULL,
    "sent_at" INTEGER NOT NULL,
    CONSTRAINT "pk_slow_sends" PRIMARY KEY ("conversation_id", "user_id")
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127182502_Rights', '10.0.15');

COMMIT;
