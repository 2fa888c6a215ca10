using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Postgres.Migrations
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
                    tenant = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false,
                        collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false,
                        collation: "C"),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deactivated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => new { x.tenant, x.user_id });
                });

            // What the version before notes from now on comes over too; the fill takes up the rest.
            migrationBuilder.Sql(
                """
                create function chat_user_seen() returns trigger language plpgsql as $$
                begin
                  insert into users as known (tenant, user_id, last_seen_at)
                  values ('default', new.user_id, new.last_seen_at)
                  on conflict (tenant, user_id) do update set last_seen_at = excluded.last_seen_at
                    where known.last_seen_at is null or known.last_seen_at < excluded.last_seen_at;
                  return null;
                end $$
                """);

            migrationBuilder.Sql(
                "create trigger tr_user_presence_seen after insert or update on user_presence for each row "
                + "execute function chat_user_seen()");

            migrationBuilder.Sql(
                "insert into users (tenant, user_id, last_seen_at) "
                + "select 'default', user_id, last_seen_at from user_presence");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger tr_user_presence_seen on user_presence");

            migrationBuilder.Sql("drop function chat_user_seen()");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
