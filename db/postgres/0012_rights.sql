-- PostgreSQL: from migration 20261127180723_KeysAndAudit to 20261127182456_Rights.

BEGIN;

-- Changes of a moment, once the tables are free: nobody is made to wait for long behind this. Where it says that a lock
-- is not available, run it again.
SET LOCAL lock_timeout = '1s';

ALTER TABLE conversations ADD COLUMN slow_mode_seconds integer NOT NULL DEFAULT 0;

ALTER TABLE participants ADD COLUMN role_reason character varying(255);

ALTER TABLE participants ADD COLUMN role_until timestamp with time zone;

-- When a user sent last to a conversation in slow mode.
CREATE TABLE slow_sends (
    conversation_id uuid NOT NULL,
    user_id character varying(255) COLLATE "C" NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_slow_sends PRIMARY KEY (conversation_id, user_id)
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127182456_Rights', '10.0.15');

COMMIT;
