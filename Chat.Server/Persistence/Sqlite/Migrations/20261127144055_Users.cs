using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Users : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // user_presence stays for the version before, which may run beside this one. It goes one version later.
            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    deactivated_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => new { x.tenant, x.user_id });
                });

            // What the version before notes from now on comes over too; the fill takes up the rest.
            foreach (var change in new[] { "insert", "update" })
                migrationBuilder.Sql(
                    $"""
                    create trigger tr_user_presence_{change} after {change} on user_presence begin
                      insert into users (tenant, user_id, last_seen_at)
                      values ('default', new.user_id, new.last_seen_at)
                      on conflict (tenant, user_id) do update set last_seen_at = excluded.last_seen_at
                        where last_seen_at is null or last_seen_at < excluded.last_seen_at;
                    end
                    """);

            migrationBuilder.Sql(
                "insert into users (tenant, user_id, last_seen_at) "
                + "select 'default', user_id, last_seen_at from user_presence");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger tr_user_presence_insert; drop trigger tr_user_presence_update");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
