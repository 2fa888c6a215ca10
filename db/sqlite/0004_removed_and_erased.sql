-- SQLite: from migration 20261125185534_BackgroundTasks to 20261127085411_RemovedAndErased.

BEGIN;

-- The newest entry of each log whose content was erased.
ALTER TABLE "conversations" ADD "erased_sequence" INTEGER NOT NULL DEFAULT 0;

-- The newest entry of each log that removed a participant.
ALTER TABLE "conversations" ADD "removed_sequence" INTEGER NOT NULL DEFAULT 0;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127085411_RemovedAndErased', '10.0.15');

COMMIT;
