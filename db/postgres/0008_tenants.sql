-- PostgreSQL: from migration 20261127144052_Users to 20261127144104_Tenants.

BEGIN;

-- Both changes are of a moment, once the tables are free: nobody is made to wait for long behind this. Where it says that
-- a lock is not available, run it again.
SET LOCAL lock_timeout = '1s';

ALTER TABLE conversations ADD COLUMN tenant character varying(64) COLLATE "C" NOT NULL DEFAULT 'default';

ALTER TABLE participants ADD COLUMN tenant character varying(64) COLLATE "C" NOT NULL DEFAULT 'default';

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127144104_Tenants', '10.0.15');

COMMIT;
