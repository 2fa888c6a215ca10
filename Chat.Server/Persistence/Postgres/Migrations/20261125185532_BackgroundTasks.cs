using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Chat.Server.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class BackgroundTasks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_muted",
                table: "participants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "job_cursors",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_cursors", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "task_queues",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    is_paused = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_queues", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "task_stats",
                columns: table => new
                {
                    queue = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    minute = table.Column<long>(type: "bigint", nullable: false),
                    processed = table.Column<long>(type: "bigint", nullable: false),
                    failed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_stats", x => new { x.queue, x.minute });
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy",
                            NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    queue = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false),
                    run_at = table.Column<long>(type: "bigint", nullable: false),
                    enqueued_at = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    max_retry = table.Column<int>(type: "integer", nullable: false),
                    worker = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    leased_until = table.Column<long>(type: "bigint", nullable: true),
                    unique_key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    unique_until = table.Column<long>(type: "bigint", nullable: true),
                    group_key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    deadline = table.Column<long>(type: "bigint", nullable: true),
                    retention_seconds = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    kept_until = table.Column<long>(type: "bigint", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    errors = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_finished",
                table: "tasks",
                columns: new[] { "queue", "state", "finished_at" },
                filter: "state >= 4");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_group",
                table: "tasks",
                columns: new[] { "group_key", "number" },
                filter: "group_key is not null and state <= 3");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_kept",
                table: "tasks",
                column: "kept_until",
                filter: "kept_until is not null");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_leased",
                table: "tasks",
                column: "leased_until",
                filter: "state = 3");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_waiting",
                table: "tasks",
                columns: new[] { "queue", "run_at", "number" },
                filter: "state <= 2");

            migrationBuilder.CreateIndex(
                name: "ux_tasks_id",
                table: "tasks",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_tasks_unique_key",
                table: "tasks",
                column: "unique_key",
                unique: true,
                filter: "unique_key is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_cursors");

            migrationBuilder.DropTable(
                name: "task_queues");

            migrationBuilder.DropTable(
                name: "task_stats");

            migrationBuilder.DropTable(
                name: "tasks");

            migrationBuilder.DropColumn(
                name: "is_muted",
                table: "participants");
        }
    }
}
