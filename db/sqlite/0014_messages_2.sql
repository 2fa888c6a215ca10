-- SQLite: from migration 20261127192600_UserBlocks to 20261127211204_Messages2.

BEGIN;

ALTER TABLE "conversations" ADD "last_shown_sequence" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "conversations" ADD "last_shown_at" INTEGER NULL;
ALTER TABLE "conversations" ADD "listed_at" INTEGER NULL;

ALTER TABLE "messages" ADD "thread" INTEGER NULL;
ALTER TABLE "messages" ADD "reply_to" INTEGER NULL;
ALTER TABLE "messages" ADD "is_shown" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "messages" ADD "shown_before" INTEGER NULL;

ALTER TABLE "participants" ADD "unread_from" INTEGER NULL;

-- What has become of a message: the entry that has its text now, whether it is deleted, pinned, and when its reactions
-- were told last. A message without a row is as it was sent.
CREATE TABLE "message_states" (
    "conversation_id" BLOB NOT NULL,
    "sequence" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "is_deleted" INTEGER NOT NULL DEFAULT 0,
    "pin_sequence" INTEGER NULL,
    "reactions_sequence" INTEGER NULL,
    "told_at" INTEGER NULL,
    "untold_since" INTEGER NULL,
    CONSTRAINT "pk_message_states" PRIMARY KEY ("conversation_id", "sequence")
) WITHOUT ROWID;

-- Who has put which reactions to a message: a user's whole set.
CREATE TABLE "reactions" (
    "conversation_id" BLOB NOT NULL,
    "target_sequence" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "keys" TEXT NOT NULL,
    CONSTRAINT "pk_reactions" PRIMARY KEY ("conversation_id", "target_sequence", "user_id")
) WITHOUT ROWID;

-- How many users have put a reaction to a message.
CREATE TABLE "reaction_totals" (
    "conversation_id" BLOB NOT NULL,
    "target_sequence" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    CONSTRAINT "pk_reaction_totals" PRIMARY KEY ("conversation_id", "target_sequence", "key")
) WITHOUT ROWID;

-- Threads: messages that have replies, or had.
CREATE TABLE "threads" (
    "conversation_id" BLOB NOT NULL,
    "thread" INTEGER NOT NULL,
    "replies" INTEGER NOT NULL,
    "last_sequence" INTEGER NOT NULL,
    CONSTRAINT "pk_threads" PRIMARY KEY ("conversation_id", "thread")
) WITHOUT ROWID;

-- Threads that users follow, or follow no longer, and how far they have read them.
CREATE TABLE "thread_follows" (
    "conversation_id" BLOB NOT NULL,
    "user_id" TEXT NOT NULL,
    "thread" INTEGER NOT NULL,
    "last_read_sequence" INTEGER NOT NULL,
    "unread_from" INTEGER NULL,
    "is_following" INTEGER NOT NULL,
    CONSTRAINT "pk_thread_follows" PRIMARY KEY ("conversation_id", "user_id", "thread")
) WITHOUT ROWID;

-- Messages that mention a user; '*' is everyone. Keyed by the message, also where an edit mentions the user.
CREATE TABLE "mentions" (
    "conversation_id" BLOB NOT NULL,
    "user_id" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "tenant" TEXT NOT NULL,
    "thread" INTEGER NULL,
    "created_at" INTEGER NOT NULL,
    CONSTRAINT "pk_mentions" PRIMARY KEY ("conversation_id", "user_id", "sequence")
) WITHOUT ROWID;

CREATE INDEX "ix_messages_gap" ON "messages" ("conversation_id", "shown_before") WHERE shown_before is not null and is_shown;
CREATE INDEX "ix_messages_target" ON "messages" ("conversation_id", "target_sequence", "sequence") WHERE target_sequence is not null;
CREATE INDEX "ix_messages_thread" ON "messages" ("conversation_id", "thread", "sequence") WHERE thread is not null;
CREATE INDEX "ix_conversations_listed" ON "conversations" ("tenant", "listed_at" DESC);
CREATE INDEX "ix_mentions_inbox" ON "mentions" ("tenant", "user_id", "created_at" DESC) WHERE user_id <> '*';
CREATE INDEX "ix_states_pinned" ON "message_states" ("conversation_id", "pin_sequence") WHERE pin_sequence is not null;
CREATE INDEX "ix_states_untold" ON "message_states" ("untold_since") WHERE untold_since is not null;
CREATE INDEX "ix_threads_recent" ON "threads" ("conversation_id", "last_sequence");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127211204_Messages2', '10.0.15');

COMMIT;
