-- PostgreSQL: from migration 20261128064023_Archive to 20261128094921_Webhooks.

BEGIN;

-- Webhooks that have failed: since when, and since when nothing is posted to them.
CREATE TABLE webhooks (
    name character varying(64) NOT NULL,
    failing_since timestamp with time zone,
    disabled_at timestamp with time zone,
    reason character varying(500),
    CONSTRAINT pk_webhooks PRIMARY KEY (name)
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128094921_Webhooks', '10.0.15');

COMMIT;
