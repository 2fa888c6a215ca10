-- SQLite: from migration 20261128013000_MentionsOfMessages to 20261128020501_Erasures.

BEGIN;

-- Users whose content is erased, and how far that is: `position` of `until` rows of the log were looked through.
CREATE TABLE "user_erasures" (
    "id" BLOB NOT NULL CONSTRAINT "pk_user_erasures" PRIMARY KEY,
    "tenant" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "requested_at" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "until" INTEGER NOT NULL,
    "conversations" INTEGER NOT NULL,
    "messages" INTEGER NOT NULL,
    "finished_at" INTEGER NULL
);

CREATE UNIQUE INDEX "ux_user_erasures_running" ON "user_erasures" ("tenant", "user_id") WHERE finished_at is null;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128020501_Erasures', '10.0.15');

COMMIT;
