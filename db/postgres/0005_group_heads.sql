-- PostgreSQL: from migration 20261127085405_RemovedAndErased to 20261127114437_GroupHeads.

BEGIN;

DROP INDEX ix_tasks_group;

DROP INDEX ix_tasks_waiting;

-- It waits behind another one of its group.
ALTER TABLE tasks ADD is_behind boolean NOT NULL DEFAULT FALSE;

-- How often its worker was lost while it ran.
ALTER TABLE tasks ADD losses integer NOT NULL DEFAULT 0;

update tasks set is_behind = true where number in (
  select number from (
    select number, state, min(number) over (partition by group_key) as head from tasks
    where group_key is not null and state <= 3) waiting
  where state <= 2 and number > head);

CREATE INDEX ix_tasks_group ON tasks (group_key, is_behind, number) WHERE group_key is not null and state <= 3;

CREATE INDEX ix_tasks_waiting ON tasks (queue, is_behind, run_at, number) WHERE state <= 2;

-- The comparisons of two columns leave the planner one index: (group_key, is_behind, number).
-- An order that holds whoever writes: docs/adr/0014. A task looks at one that is before it and holds that until
-- the commit. So the end of that one comes after the commit, and lets this one go.
create function chat_task_takes_its_place() returns trigger language plpgsql as $$
begin
  perform 1 from tasks where group_key = new.group_key and state <= 3
    and (is_behind, number) < (true, new.number) and number < new.number
    order by is_behind desc, number desc limit 1 for share skip locked;
  new.is_behind := found;
  return new;
end $$;

create function chat_task_lets_the_next_go() returns trigger language plpgsql as $$
declare following bigint;
begin
  loop
    select number into following from tasks
      where group_key = old.group_key and state <= 3 and (is_behind, number) > (true, old.number)
      order by is_behind, number limit 1;
    exit when not found;
    perform 1 from tasks where group_key = old.group_key and state <= 3
      and (is_behind, number) > (false, old.number) and (is_behind, number) < (false, following) limit 1;
    exit when found;
    update tasks set is_behind = false where number = following and is_behind = true;
    exit when found;
  end loop;
  return null;
end $$;

create trigger tr_tasks_enqueued before insert on tasks for each row
  when (new.group_key is not null and new.state <= 2) execute function chat_task_takes_its_place();

create trigger tr_tasks_back before update of state on tasks for each row
  when (new.group_key is not null and new.state <= 2 and old.state > 2)
  execute function chat_task_takes_its_place();

create trigger tr_tasks_finished after update of state on tasks for each row
  when (old.group_key is not null and old.is_behind = false and old.state <= 3 and new.state > 3)
  execute function chat_task_lets_the_next_go();

create trigger tr_tasks_deleted after delete on tasks for each row
  when (old.group_key is not null and old.is_behind = false and old.state <= 3)
  execute function chat_task_lets_the_next_go();

alter table tasks set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127114437_GroupHeads', '10.0.15');

COMMIT;
