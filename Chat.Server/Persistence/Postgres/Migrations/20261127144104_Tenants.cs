using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Tenants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Both changes are of a moment, once the tables are free: nobody is made to wait for long behind this.
            // In the order in which commits lock them.
            migrationBuilder.Sql("set local lock_timeout = '1s'");

            migrationBuilder.AddColumn<string>(
                name: "tenant",
                table: "conversations",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "default",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "tenant",
                table: "participants",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "default",
                collation: "C");

            // The index on participants (tenant, user_id, conversation_id) is made by PostgresLateIndexes.
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index if exists ix_participants_tenant_user_id");

            migrationBuilder.DropColumn(
                name: "tenant",
                table: "participants");

            migrationBuilder.DropColumn(
                name: "tenant",
                table: "conversations");
        }
    }
}
