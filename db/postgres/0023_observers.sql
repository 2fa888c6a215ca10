-- PostgreSQL: from migration 20261128020500_Erasures to 20261128062556_Observers.

BEGIN;

-- How far each observer is in `messages`, which instance runs it, and until when.
CREATE TABLE observers (
    name character varying(100) NOT NULL,
    mark bigint NOT NULL,
    epoch bigint NOT NULL,
    owner uuid,
    leased_until timestamp with time zone,
    CONSTRAINT pk_observers PRIMARY KEY (name)
);

-- Conversations that an observer failed with.
CREATE TABLE observer_parked (
    observer character varying(100) NOT NULL,
    conversation_id uuid NOT NULL,
    position bigint NOT NULL,
    attempts integer NOT NULL,
    next_at timestamp with time zone NOT NULL,
    error character varying(500),
    CONSTRAINT pk_observer_parked PRIMARY KEY (observer, conversation_id)
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128062556_Observers', '10.0.15');

COMMIT;
