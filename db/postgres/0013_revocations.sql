-- PostgreSQL: from migration 20261127182456_Rights to 20261127182536_Revocations.

BEGIN;

-- Tokens that are refused before they expire. Times are microseconds since 1970.
CREATE TABLE revocations (
    number bigint NOT NULL,
    tenant character varying(64) COLLATE "C" NOT NULL,
    user_id character varying(255) COLLATE "C" NOT NULL,
    session character varying(255),
    not_before bigint,
    reason character varying(255) NOT NULL,
    expires bigint,
    CONSTRAINT pk_revocations PRIMARY KEY (number)
);

CREATE INDEX ix_revocations_user ON revocations (tenant, user_id);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127182536_Revocations', '10.0.15');

COMMIT;
