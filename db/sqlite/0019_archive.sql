-- SQLite: from migration 20261128062647_Observers to 20261128064027_Archive.

BEGIN;

ALTER TABLE "conversations" ADD "avatar_url" TEXT NULL;

ALTER TABLE "conversations" ADD "is_archived" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "conversations" ADD "topic" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128064027_Archive', '10.0.15');

COMMIT;
