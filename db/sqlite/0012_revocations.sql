-- SQLite: from migration 20261127182502_Rights to 20261127182543_Revocations.

BEGIN;

-- Tokens that are refused before they expire. Times are microseconds since 1970.
CREATE TABLE "revocations" (
    "number" INTEGER NOT NULL CONSTRAINT "pk_revocations" PRIMARY KEY,
    "tenant" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "session" TEXT NULL,
    "not_before" INTEGER NULL,
    "reason" TEXT NOT NULL,
    "expires" INTEGER NULL
);

CREATE INDEX "ix_revocations_user" ON "revocations" ("tenant", "user_id");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127182543_Revocations', '10.0.15');

COMMIT;
