-- SQLite: from migration 20261123210814_UserPresence to 20261125185534_BackgroundTasks.

BEGIN;

ALTER TABLE "participants" ADD "is_muted" INTEGER NOT NULL DEFAULT 0;

-- How far jobs have come that work their way through a log.
CREATE TABLE "job_cursors" (
    "name" TEXT NOT NULL CONSTRAINT "pk_job_cursors" PRIMARY KEY,
    "position" INTEGER NOT NULL
);

-- Queues that were ever used.
CREATE TABLE "task_queues" (
    "name" TEXT NOT NULL CONSTRAINT "pk_task_queues" PRIMARY KEY,
    "is_paused" INTEGER NOT NULL DEFAULT 0
);

-- What was done of each queue in each minute since 1970.
CREATE TABLE "task_stats" (
    "queue" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "processed" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    CONSTRAINT "pk_task_stats" PRIMARY KEY ("queue", "minute")
);

-- The background queue. Times are microseconds since 1970; states: 0 pending, 1 scheduled, 2 retry, 3 active, 4 completed, 5 archived.
CREATE TABLE "tasks" (
    "number" INTEGER NOT NULL CONSTRAINT "pk_tasks" PRIMARY KEY AUTOINCREMENT,
    "id" BLOB NOT NULL,
    "queue" TEXT NOT NULL,
    "state" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "payload" BLOB NOT NULL,
    "run_at" INTEGER NOT NULL,
    "enqueued_at" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "max_retry" INTEGER NOT NULL,
    "worker" TEXT NULL,
    "leased_until" INTEGER NULL,
    "unique_key" TEXT NULL,
    "unique_until" INTEGER NULL,
    "group_key" TEXT NULL,
    "deadline" INTEGER NULL,
    "retention_seconds" INTEGER NOT NULL,
    "started_at" INTEGER NULL,
    "finished_at" INTEGER NULL,
    "kept_until" INTEGER NULL,
    "last_error" TEXT NULL,
    "errors" TEXT NULL
);

CREATE INDEX "ix_tasks_finished" ON "tasks" ("queue", "state", "finished_at") WHERE state >= 4;

CREATE INDEX "ix_tasks_group" ON "tasks" ("group_key", "number") WHERE group_key is not null and state <= 3;

CREATE INDEX "ix_tasks_kept" ON "tasks" ("kept_until") WHERE kept_until is not null;

CREATE INDEX "ix_tasks_leased" ON "tasks" ("leased_until") WHERE state = 3;

CREATE INDEX "ix_tasks_waiting" ON "tasks" ("queue", "run_at", "number") WHERE state <= 2;

CREATE UNIQUE INDEX "ux_tasks_id" ON "tasks" ("id");

CREATE UNIQUE INDEX "ux_tasks_unique_key" ON "tasks" ("unique_key") WHERE unique_key is not null;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125185534_BackgroundTasks', '10.0.14');

COMMIT;
