using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Revocations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "revocations",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    tenant = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false,
                        collation: "C"),
                    user_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false,
                        collation: "C"),
                    session = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    not_before = table.Column<long>(type: "bigint", nullable: true),
                    reason = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    expires = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revocations", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "ix_revocations_user",
                table: "revocations",
                columns: new[] { "tenant", "user_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "revocations");
        }
    }
}
