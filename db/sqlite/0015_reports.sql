-- SQLite: from migration 20261127211204_Messages2 to 20261127213623_Reports.

BEGIN;

-- Reports to moderators. They name a message and never copy it. Outcome: 0 dismissed, 1 acted; open without.
CREATE TABLE "reports" (
    "number" INTEGER NOT NULL CONSTRAINT "pk_reports" PRIMARY KEY AUTOINCREMENT,
    "tenant" TEXT NOT NULL,
    "conversation_id" BLOB NOT NULL,
    "sequence" INTEGER NULL,
    "message_id" BLOB NULL,
    "user_id" TEXT NOT NULL,
    "reporter_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "closed_at" INTEGER NULL,
    "outcome" INTEGER NULL
);

-- What is known of tenants: since when nobody of one is served, and why.
CREATE TABLE "tenants" (
    "tenant" TEXT NOT NULL CONSTRAINT "pk_tenants" PRIMARY KEY,
    "suspended_at" INTEGER NULL,
    "reason" TEXT NOT NULL
);

CREATE INDEX "ix_reports_conversation" ON "reports" ("conversation_id", "number") WHERE closed_at is null;

CREATE INDEX "ix_reports_created_at" ON "reports" ("created_at");

CREATE INDEX "ix_reports_reporter" ON "reports" ("tenant", "reporter_id") WHERE closed_at is null;

CREATE INDEX "ix_reports_tenant" ON "reports" ("tenant", "number") WHERE closed_at is null;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127213623_Reports', '10.0.15');

COMMIT;
