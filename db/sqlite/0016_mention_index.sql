-- SQLite: from migration 20261127213623_Reports to 20261128013000_MentionsOfMessages.

BEGIN;

CREATE INDEX "ix_mentions_message" ON "mentions" ("conversation_id", "sequence");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128013000_MentionsOfMessages', '10.0.15');

COMMIT;
