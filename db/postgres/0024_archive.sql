-- PostgreSQL: from migration 20261128062556_Observers to 20261128064023_Archive.

BEGIN;

ALTER TABLE conversations ADD avatar_url character varying(2048);
ALTER TABLE conversations ADD is_archived boolean NOT NULL DEFAULT false;
ALTER TABLE conversations ADD topic character varying(250);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128064023_Archive', '10.0.15');

COMMIT;
