-- SQLite: from migration 20261121223651_Initial to 20261123210814_UserPresence.

BEGIN;

-- When users were last online. The time moves forward only.
CREATE TABLE "user_presence" (
    "user_id" TEXT NOT NULL CONSTRAINT "pk_user_presence" PRIMARY KEY,
    "last_seen_at" INTEGER NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123210814_UserPresence', '10.0.14');

COMMIT;
