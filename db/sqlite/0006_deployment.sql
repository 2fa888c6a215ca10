-- SQLite: from migration 20261127114443_GroupHeads to 20261127114750_Deployment.

BEGIN;

-- One row: which deployment this is, what its instances authenticate each other's messages with, which state of the log
-- this is, and the level that a server must have.
CREATE TABLE "deployment" (
    "only_row" INTEGER NOT NULL CONSTRAINT "pk_deployment" PRIMARY KEY,
    "id" BLOB NOT NULL,
    "key" BLOB NOT NULL,
    "generation" BLOB NOT NULL,
    "origin" TEXT NULL,
    "requires" INTEGER NOT NULL DEFAULT 0
);

INSERT INTO "deployment" ("only_row", "id", "key", "generation")
VALUES (1, randomblob(16), randomblob(32), randomblob(16));

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127114750_Deployment', '10.0.15');

COMMIT;
