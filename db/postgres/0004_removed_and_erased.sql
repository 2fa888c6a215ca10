-- PostgreSQL: from migration 20261125185532_BackgroundTasks to 20261127085405_RemovedAndErased.

BEGIN;

-- The newest entry of each log whose content was erased.
ALTER TABLE conversations ADD erased_sequence bigint NOT NULL DEFAULT 0;

-- The newest entry of each log that removed a participant.
ALTER TABLE conversations ADD removed_sequence bigint NOT NULL DEFAULT 0;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127085405_RemovedAndErased', '10.0.15');

COMMIT;
