-- PostgreSQL: from migration 20261127213559_Reports to 20261128020500_Erasures.

BEGIN;

-- Users whose content is erased, and how far that is: `position` of `until` rows of the log were looked through.
CREATE TABLE user_erasures (
    id uuid NOT NULL,
    tenant character varying(64) COLLATE "C" NOT NULL,
    user_id character varying(255) COLLATE "C" NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    position bigint NOT NULL,
    until bigint NOT NULL,
    conversations bigint NOT NULL,
    messages bigint NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT pk_user_erasures PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ux_user_erasures_running ON user_erasures (tenant, user_id) WHERE finished_at is null;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128020500_Erasures', '10.0.15');

COMMIT;
