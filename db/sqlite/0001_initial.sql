-- SQLite: from nothing to migration 20261121223651_Initial.
-- Ids are 16 bytes in the order of their text form; times are microseconds since 1970 in UTC.

BEGIN;

CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

-- One row a conversation. last_sequence and last_entry_at are the end of its log: every commit locks and moves them.
-- kind: 0 group, 1 direct, 2 public. direct_key: SHA-256 of the two user ids of a direct conversation.
CREATE TABLE "conversations" (
    "id" BLOB NOT NULL CONSTRAINT "pk_conversations" PRIMARY KEY,
    "kind" INTEGER NOT NULL,
    "title" TEXT NULL,
    "direct_key" TEXT NULL,
    "created_at" INTEGER NOT NULL,
    "last_sequence" INTEGER NOT NULL DEFAULT 0,
    "last_entry_at" INTEGER NULL
);

-- The log: one row an entry, never changed. kind 0 is a message; the others (see EntryKind) keep what they need in target_sequence and payload.
-- No foreign key, for the speed of appending: the row of the conversation is locked by every append anyway.
CREATE TABLE "messages" (
    "id" INTEGER NOT NULL CONSTRAINT "pk_messages" PRIMARY KEY AUTOINCREMENT,
    "sender_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "conversation_id" BLOB NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" INTEGER NOT NULL,
    "message_id" BLOB NOT NULL,
    "msg_type" INTEGER NOT NULL,
    "attachment_url" TEXT NULL,
    "attachment_meta" TEXT NULL,
    "dedupe_key" TEXT NULL,
    "target_sequence" INTEGER NULL,
    "payload" TEXT NULL
);

-- Who has joined the room of the REST interface.
CREATE TABLE "room_clients" (
    "client_id" TEXT NOT NULL CONSTRAINT "pk_room_clients" PRIMARY KEY,
    "joined_at" INTEGER NOT NULL,
    "last_seen_at" INTEGER NOT NULL
);

-- Who takes part. role: 0 member, 1 owner, 2 blocked.
CREATE TABLE "participants" (
    "conversation_id" BLOB NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" INTEGER NOT NULL,
    "joined_at" INTEGER NOT NULL,
    "last_read_sequence" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "pk_participants" PRIMARY KEY ("conversation_id", "user_id"),
    CONSTRAINT "fk_participants_conversation" FOREIGN KEY ("conversation_id") REFERENCES "conversations" ("id") ON DELETE CASCADE
);

-- The lobby, the public room that every server has.
INSERT INTO "conversations" ("id", "created_at", "direct_key", "kind", "last_entry_at", "title")
VALUES (X'00000000000000000000000000000001', 1735689600000000, NULL, 2, NULL, NULL);

CREATE UNIQUE INDEX "ux_conversations_direct_key" ON "conversations" ("direct_key");

CREATE INDEX "idx_messages_created_at" ON "messages" ("created_at");

CREATE UNIQUE INDEX "ux_messages_dedupe_key" ON "messages" ("conversation_id", "sender_id", "dedupe_key") WHERE dedupe_key is not null;

CREATE UNIQUE INDEX "ux_messages_sequence" ON "messages" ("conversation_id", "sequence");

CREATE INDEX "ix_participants_user_id" ON "participants" ("user_id", "conversation_id");

CREATE INDEX "ix_room_clients_last_seen_at" ON "room_clients" ("last_seen_at");

-- What the server's migrations would have noted.
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121223651_Initial', '10.0.14');

COMMIT;
