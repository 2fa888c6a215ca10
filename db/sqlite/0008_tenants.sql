-- SQLite: from migration 20261127144055_Users to 20261127144106_Tenants.

BEGIN;

ALTER TABLE "participants" ADD "tenant" TEXT NOT NULL DEFAULT 'default';

ALTER TABLE "conversations" ADD "tenant" TEXT NOT NULL DEFAULT 'default';

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127144106_Tenants', '10.0.15');

COMMIT;
