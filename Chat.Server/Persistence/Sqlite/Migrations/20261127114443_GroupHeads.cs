using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Sqlite.Migrations
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "losses",
                table: "tasks",
                type: "INTEGER",
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
            migrationBuilder.Sql(
                """
                create trigger tr_tasks_enqueued after insert on tasks
                when new.group_key is not null and new.state <= 2
                  and exists (select 1 from tasks g where g.group_key = new.group_key and g.state <= 3
                    and g.number < new.number)
                begin
                  update tasks set is_behind = 1 where number = new.number;
                end
                """);

            migrationBuilder.Sql(
                """
                create trigger tr_tasks_back after update of state on tasks
                when new.group_key is not null and new.state <= 2 and old.state > 2
                begin
                  update tasks set is_behind = exists (select 1 from tasks g
                      where g.group_key = new.group_key and g.state <= 3 and g.number < new.number)
                    where number = new.number;
                end
                """);

            migrationBuilder.Sql(
                """
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
                end
                """);

            migrationBuilder.Sql(
                """
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
                end
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger tr_tasks_enqueued");
            migrationBuilder.Sql("drop trigger tr_tasks_back");
            migrationBuilder.Sql("drop trigger tr_tasks_finished");
            migrationBuilder.Sql("drop trigger tr_tasks_deleted");

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
