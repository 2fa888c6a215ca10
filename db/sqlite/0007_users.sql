-- SQLite: from migration 20261127114750_Deployment to 20261127144055_Users.

BEGIN;

-- What is known of users: what others are shown in place of the id, when they were last online (that time moves forward
-- only), and since when they may not call any more.
CREATE TABLE "users" (
    "tenant" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NULL,
    "last_seen_at" INTEGER NULL,
    "deactivated_at" INTEGER NULL,
    CONSTRAINT "pk_users" PRIMARY KEY ("tenant", "user_id")
);

-- user_presence stays for the version before. What it notes from now on comes over too.
create trigger tr_user_presence_insert after insert on user_presence begin
  insert into users (tenant, user_id, last_seen_at)
  values ('default', new.user_id, new.last_seen_at)
  on conflict (tenant, user_id) do update set last_seen_at = excluded.last_seen_at
    where last_seen_at is null or last_seen_at < excluded.last_seen_at;
end;

create trigger tr_user_presence_update after update on user_presence begin
  insert into users (tenant, user_id, last_seen_at)
  values ('default', new.user_id, new.last_seen_at)
  on conflict (tenant, user_id) do update set last_seen_at = excluded.last_seen_at
    where last_seen_at is null or last_seen_at < excluded.last_seen_at;
end;

insert into users (tenant, user_id, last_seen_at) select 'default', user_id, last_seen_at from user_presence;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127144055_Users', '10.0.15');

COMMIT;
