-- PostgreSQL: from migration 20261127114747_Deployment to 20261127144052_Users.

BEGIN;

-- What is known of users: what others are shown in place of the id, when they were last online (that time moves forward
-- only; no index on it, so that moving it is cheap), and since when they may not call any more.
CREATE TABLE users (
    tenant character varying(64) COLLATE "C" NOT NULL,
    user_id character varying(255) COLLATE "C" NOT NULL,
    name character varying(255),
    last_seen_at timestamp with time zone,
    deactivated_at timestamp with time zone,
    CONSTRAINT pk_users PRIMARY KEY (tenant, user_id)
);

-- user_presence stays for the version before, which may run beside this one. What it notes from now on comes over too.
create function chat_user_seen() returns trigger language plpgsql as $$
begin
  insert into users as known (tenant, user_id, last_seen_at)
  values ('default', new.user_id, new.last_seen_at)
  on conflict (tenant, user_id) do update set last_seen_at = excluded.last_seen_at
    where known.last_seen_at is null or known.last_seen_at < excluded.last_seen_at;
  return null;
end $$;

create trigger tr_user_presence_seen after insert or update on user_presence for each row
  execute function chat_user_seen();

INSERT INTO users (tenant, user_id, last_seen_at)
SELECT 'default', user_id, last_seen_at FROM user_presence;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127144052_Users', '10.0.15');

COMMIT;
