-- PostgreSQL: from migration 20261121223115_Initial to 20261123210725_UserPresence.

BEGIN;

-- When users were last online. The time moves forward only; no index on it, so that moving it is cheap.
CREATE TABLE user_presence (
    user_id character varying(255) COLLATE "C" NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_user_presence PRIMARY KEY (user_id)
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123210725_UserPresence', '10.0.14');

COMMIT;
