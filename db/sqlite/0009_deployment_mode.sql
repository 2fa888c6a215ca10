-- SQLite: from migration 20261127144106_Tenants to 20261127150720_DeploymentMode.

BEGIN;

-- How the servers of the deployment know who is calling: 0 open, 1 by tokens.
ALTER TABLE "deployment" ADD "mode" INTEGER NOT NULL DEFAULT 0;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127150720_DeploymentMode', '10.0.15');

COMMIT;
