-- PostgreSQL: from migration 20261127114437_GroupHeads to 20261127114747_Deployment.

BEGIN;

-- One row: which deployment this is, what its instances authenticate each other's messages with, which state of the log
-- this is and where it was drawn, and the level that a server must have.
CREATE TABLE deployment (
    only_row smallint NOT NULL,
    id uuid NOT NULL,
    key bytea NOT NULL,
    generation uuid NOT NULL,
    origin text,
    requires integer NOT NULL DEFAULT 0,
    CONSTRAINT pk_deployment PRIMARY KEY (only_row)
);

INSERT INTO deployment (only_row, id, key, generation)
VALUES (1, gen_random_uuid(), uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), gen_random_uuid());

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127114747_Deployment', '10.0.15');

COMMIT;
