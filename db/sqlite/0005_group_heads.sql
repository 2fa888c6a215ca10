-- SQLite: from migration 20261127085411_RemovedAndErased to 20261127114443_GroupHeads.

BEGIN;

DROP INDEX "ix_tasks_group";

DROP INDEX "ix_tasks_waiting";

-- It waits behind another one of its group.
ALTER TABLE "tasks" ADD "is_behind" INTEGER NOT NULL DEFAULT 0;

-- How often its worker was lost while it ran.
ALTER TABLE "tasks" ADD "losses" INTEGER NOT NULL DEFAULT 0;

update tasks set is_behind = true where number in (
  select number from (
    select number, state, min(number) over (partition by group_key) as head from tasks
    where group_key is not null and state <= 3) waiting
  where state <= 2 and number > head);

CREATE INDEX "ix_tasks_group" ON "tasks" ("group_key", "is_behind", "number") WHERE group_key is not null and state <= 3;

CREATE INDEX "ix_tasks_waiting" ON "tasks" ("queue", "is_behind", "run_at", "number") WHERE state <= 2;

-- An order that holds whoever writes: docs/adr/0014.
create trigger tr_tasks_enqueued after insert on tasks
when new.group_key is not null and new.state <= 2
  and exists (select 1 from tasks g where g.group_key = new.group_key and g.state <= 3
    and g.number < new.number)
begin
  update tasks set is_behind = 1 where number = new.number;
end;

create trigger tr_tasks_back after update of state on tasks
when new.group_key is not null and new.state <= 2 and old.state > 2
begin
  update tasks set is_behind = exists (select 1 from tasks g
      where g.group_key = new.group_key and g.state <= 3 and g.number < new.number)
    where number = new.number;
end;

create trigger tr_tasks_finished after update of state on tasks
when old.group_key is not null and old.is_behind = 0 and old.state <= 3 and new.state > 3
begin
  update tasks set is_behind = 0
    where number = (select number from tasks
        where group_key = old.group_key and is_behind = 1 and state <= 3 and number > old.number
        order by number limit 1)
      and not exists (select 1 from tasks u
        where u.group_key = old.group_key and u.is_behind = 0 and u.state <= 3 and u.number > old.number
          and u.number < tasks.number);
end;

create trigger tr_tasks_deleted after delete on tasks
when old.group_key is not null and old.is_behind = 0 and old.state <= 3
begin
  update tasks set is_behind = 0
    where number = (select number from tasks
        where group_key = old.group_key and is_behind = 1 and state <= 3 and number > old.number
        order by number limit 1)
      and not exists (select 1 from tasks u
        where u.group_key = old.group_key and u.is_behind = 0 and u.state <= 3 and u.number > old.number
          and u.number < tasks.number);
end;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127114443_GroupHeads', '10.0.15');

COMMIT;
