-- PostgreSQL: from migration 20261127144104_Tenants to 20261127150716_DeploymentMode.

BEGIN;

-- How the servers of the deployment know who is calling: 0 open, 1 by tokens.
ALTER TABLE deployment ADD COLUMN mode smallint NOT NULL DEFAULT 0;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127150716_DeploymentMode', '10.0.15');

COMMIT;
