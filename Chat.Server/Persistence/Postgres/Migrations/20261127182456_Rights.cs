using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Rights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Changes of a moment, once the tables are free: nobody is made to wait for long behind this.
            // In the order in which commits lock them.
            migrationBuilder.Sql("set local lock_timeout = '1s'");

            migrationBuilder.AddColumn<int>(
                name: "slow_mode_seconds",
                table: "conversations",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "role_reason",
                table: "participants",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "role_until",
                table: "participants",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "slow_sends",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slow_sends", x => new { x.conversation_id, x.user_id });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "slow_sends");

            migrationBuilder.DropColumn(
                name: "role_reason",
                table: "participants");

            migrationBuilder.DropColumn(
                name: "role_until",
                table: "participants");

            migrationBuilder.DropColumn(
                name: "slow_mode_seconds",
                table: "conversations");
        }
    }
}
