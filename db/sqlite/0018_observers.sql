-- SQLite: from migration 20261128020501_Erasures to 20261128062647_Observers.

BEGIN;

-- How far each observer is in `messages`, which instance runs it, and until when.
CREATE TABLE "observers" (
    "name" TEXT NOT NULL CONSTRAINT "pk_observers" PRIMARY KEY,
    "mark" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "owner" BLOB NULL,
    "leased_until" INTEGER NULL
);

-- Conversations that an observer failed with.
CREATE TABLE "observer_parked" (
    "observer" TEXT NOT NULL,
    "conversation_id" BLOB NOT NULL,
    "position" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_at" INTEGER NOT NULL,
    "error" TEXT NULL,
    CONSTRAINT "pk_observer_parked" PRIMARY KEY ("observer", "conversation_id")
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128062647_Observers', '10.0.15');

COMMIT;
