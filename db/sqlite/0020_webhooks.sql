-- SQLite: from migration 20261128064027_Archive to 20261128094925_Webhooks.

BEGIN;

-- Webhooks that have failed: since when, and since when nothing is posted to them.
CREATE TABLE "webhooks" (
    "name" TEXT NOT NULL CONSTRAINT "pk_webhooks" PRIMARY KEY,
    "failing_since" INTEGER NULL,
    "disabled_at" INTEGER NULL,
    "reason" TEXT NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128094925_Webhooks', '10.0.15');

COMMIT;
