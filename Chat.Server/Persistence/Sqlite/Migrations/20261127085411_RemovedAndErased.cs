using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RemovedAndErased : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "erased_sequence",
                table: "conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "removed_sequence",
                table: "conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "erased_sequence",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "removed_sequence",
                table: "conversations");
        }
    }
}
