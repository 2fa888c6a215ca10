-- PostgreSQL: from migration 20261127192500_UserBlocks to 20261127211200_Messages2.

BEGIN;

-- Changes of a moment, once the tables are free: nobody is made to wait for long behind this. Where it says that a lock
-- is not available, run it again.
SET LOCAL lock_timeout = '1s';

ALTER TABLE conversations ADD COLUMN last_shown_sequence bigint NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN last_shown_at timestamp with time zone;
ALTER TABLE conversations ADD COLUMN listed_at timestamp with time zone;

ALTER TABLE messages ADD COLUMN thread bigint;
ALTER TABLE messages ADD COLUMN reply_to bigint;
ALTER TABLE messages ADD COLUMN is_shown boolean NOT NULL DEFAULT TRUE;
ALTER TABLE messages ADD COLUMN shown_before bigint;

ALTER TABLE participants ADD COLUMN unread_from bigint;

-- What has become of a message: the entry that has its text now, whether it is deleted, pinned, and when its reactions
-- were told last. A message without a row is as it was sent.
CREATE TABLE message_states (
    conversation_id uuid NOT NULL,
    sequence bigint NOT NULL,
    version bigint NOT NULL,
    is_deleted boolean NOT NULL DEFAULT FALSE,
    pin_sequence bigint,
    reactions_sequence bigint,
    told_at timestamp with time zone,
    untold_since timestamp with time zone,
    CONSTRAINT pk_message_states PRIMARY KEY (conversation_id, sequence)
)
WITH (fillfactor=70);

-- Who has put which reactions to a message: a user's whole set.
CREATE TABLE reactions (
    conversation_id uuid NOT NULL,
    target_sequence bigint NOT NULL,
    user_id character varying(255) COLLATE "C" NOT NULL,
    keys text[] NOT NULL,
    CONSTRAINT pk_reactions PRIMARY KEY (conversation_id, target_sequence, user_id)
);

-- How many users have put a reaction to a message.
CREATE TABLE reaction_totals (
    conversation_id uuid NOT NULL,
    target_sequence bigint NOT NULL,
    key character varying(64) COLLATE "C" NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT pk_reaction_totals PRIMARY KEY (conversation_id, target_sequence, key)
)
WITH (fillfactor=50);

-- Threads: messages that have replies, or had.
CREATE TABLE threads (
    conversation_id uuid NOT NULL,
    thread bigint NOT NULL,
    replies bigint NOT NULL,
    last_sequence bigint NOT NULL,
    CONSTRAINT pk_threads PRIMARY KEY (conversation_id, thread)
)
WITH (fillfactor=50);

-- Threads that users follow, or follow no longer, and how far they have read them.
CREATE TABLE thread_follows (
    conversation_id uuid NOT NULL,
    user_id character varying(255) COLLATE "C" NOT NULL,
    thread bigint NOT NULL,
    last_read_sequence bigint NOT NULL,
    unread_from bigint,
    is_following boolean NOT NULL,
    CONSTRAINT pk_thread_follows PRIMARY KEY (conversation_id, user_id, thread)
);

-- Messages that mention a user; '*' is everyone. Keyed by the message, also where an edit mentions the user.
CREATE TABLE mentions (
    conversation_id uuid NOT NULL,
    user_id character varying(255) COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    tenant character varying(64) COLLATE "C" NOT NULL,
    thread bigint,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_mentions PRIMARY KEY (conversation_id, user_id, sequence)
);

CREATE INDEX ix_mentions_inbox ON mentions (tenant, user_id, created_at DESC) WHERE user_id <> '*';
CREATE INDEX ix_states_pinned ON message_states (conversation_id, pin_sequence) WHERE pin_sequence is not null;
CREATE INDEX ix_states_untold ON message_states (untold_since) WHERE untold_since is not null;
CREATE INDEX ix_threads_recent ON threads (conversation_id, last_sequence);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127211200_Messages2', '10.0.15');

COMMIT;
