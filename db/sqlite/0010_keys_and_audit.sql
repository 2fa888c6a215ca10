-- SQLite: from migration 20261127150720_DeploymentMode to 20261127180727_KeysAndAudit.

BEGIN;

-- Keys of back ends: the digest only. Without a tenant they are for all. Scopes: 1 app, 2 admin, 4 operator.
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL CONSTRAINT "pk_api_keys" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "tenant" TEXT NULL,
    "scopes" INTEGER NOT NULL,
    "digest" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" INTEGER NULL,
    "revoked_at" INTEGER NULL
);

-- Who did what to whom. Rows are added, and deleted when they are old.
CREATE TABLE "audit" (
    "number" INTEGER NOT NULL CONSTRAINT "pk_audit" PRIMARY KEY AUTOINCREMENT,
    "at" INTEGER NOT NULL,
    "tenant" TEXT NULL,
    "actor" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "request_id" TEXT NULL,
    "address" TEXT NULL
);

-- Tokens that back ends made for their users: the digest only. Roles: 1 user, 2 moderator.
CREATE TABLE "user_tokens" (
    "id" TEXT NOT NULL CONSTRAINT "pk_user_tokens" PRIMARY KEY,
    "tenant" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NULL,
    "roles" INTEGER NOT NULL,
    "session" TEXT NOT NULL,
    "digest" BLOB NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" INTEGER NULL,
    "revoked_at" INTEGER NULL
);

CREATE INDEX "ix_audit_at" ON "audit" ("at");

CREATE INDEX "ix_audit_tenant" ON "audit" ("tenant", "number");

CREATE INDEX "ix_user_tokens_expires_at" ON "user_tokens" ("expires_at");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127180727_KeysAndAudit', '10.0.15');

COMMIT;
