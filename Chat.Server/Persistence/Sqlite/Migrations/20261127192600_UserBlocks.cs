using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class UserBlocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "user_blocks",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    other_id = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    blocks = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_blocked = table.Column<bool>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_blocks", x => new { x.tenant, x.user_id, x.other_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_user_blocks_changed_at",
                table: "user_blocks",
                column: "changed_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "user_blocks");
        }
    }
}
