-- PostgreSQL: from migration 20261125185532_BackgroundTasks to 20261127083740_Removals.

BEGIN;

-- The newest entry of each log that removed a participant.
ALTER TABLE conversations ADD removed_sequence bigint NOT NULL DEFAULT 0;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127083740_Removals', '10.0.15');

COMMIT;
