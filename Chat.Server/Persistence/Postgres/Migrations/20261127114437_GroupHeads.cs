using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class GroupHeads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_group",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_waiting",
                table: "tasks");

            migrationBuilder.AddColumn<bool>(
                name: "is_behind",
                table: "tasks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "losses",
                table: "tasks",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql(
                """
                update tasks set is_behind = true where number in (
                  select number from (
                    select number, state, min(number) over (partition by group_key) as head from tasks
                    where group_key is not null and state <= 3) waiting
                  where state <= 2 and number > head)
                """);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_group",
                table: "tasks",
                columns: new[] { "group_key", "is_behind", "number" },
                filter: "group_key is not null and state <= 3");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_waiting",
                table: "tasks",
                columns: new[] { "queue", "is_behind", "run_at", "number" },
                filter: "state <= 2");

            // An order that holds whoever writes, the version before included while it still runs: docs/adr/0014.
            // The comparisons of two columns leave the planner one index: (group_key, is_behind, number).
            // It looks at one row that is before it and holds that until the commit. So the end of that row comes
            // after the commit, and lets this one go. One that another has in hand is not waited for: then this
            // one counts as the first, and the claim looks again.
            migrationBuilder.Sql(
                """
                create function chat_task_takes_its_place() returns trigger language plpgsql as $$
                begin
                  perform 1 from tasks where group_key = new.group_key and state <= 3
                    and (is_behind, number) < (true, new.number) and number < new.number
                    order by is_behind desc, number desc limit 1 for share skip locked;
                  new.is_behind := found;
                  return new;
                end $$
                """);

            migrationBuilder.Sql(
                """
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
                end $$
                """);

            migrationBuilder.Sql(
                """
                create trigger tr_tasks_enqueued before insert on tasks for each row
                  when (new.group_key is not null and new.state <= 2) execute function chat_task_takes_its_place()
                """);

            migrationBuilder.Sql(
                """
                create trigger tr_tasks_back before update of state on tasks for each row
                  when (new.group_key is not null and new.state <= 2 and old.state > 2)
                  execute function chat_task_takes_its_place()
                """);

            migrationBuilder.Sql(
                """
                create trigger tr_tasks_finished after update of state on tasks for each row
                  when (old.group_key is not null and old.is_behind = false and old.state <= 3 and new.state > 3)
                  execute function chat_task_lets_the_next_go()
                """);

            migrationBuilder.Sql(
                """
                create trigger tr_tasks_deleted after delete on tasks for each row
                  when (old.group_key is not null and old.is_behind = false and old.state <= 3)
                  execute function chat_task_lets_the_next_go()
                """);

            migrationBuilder.Sql(
                """
                alter table tasks set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger tr_tasks_enqueued on tasks");
            migrationBuilder.Sql("drop trigger tr_tasks_back on tasks");
            migrationBuilder.Sql("drop trigger tr_tasks_finished on tasks");
            migrationBuilder.Sql("drop trigger tr_tasks_deleted on tasks");
            migrationBuilder.Sql("drop function chat_task_takes_its_place()");
            migrationBuilder.Sql("drop function chat_task_lets_the_next_go()");
            migrationBuilder.Sql(
                "alter table tasks reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)");

            migrationBuilder.DropIndex(
                name: "ix_tasks_group",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_tasks_waiting",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "is_behind",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "losses",
                table: "tasks");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_group",
                table: "tasks",
                columns: new[] { "group_key", "number" },
                filter: "group_key is not null and state <= 3");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_waiting",
                table: "tasks",
                columns: new[] { "queue", "run_at", "number" },
                filter: "state <= 2");
        }
    }
}
