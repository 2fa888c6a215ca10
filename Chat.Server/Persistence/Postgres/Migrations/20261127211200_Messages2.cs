using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Messages2 : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Changes of a moment, once the tables are free: nobody is made to wait for long behind this.
            // In the order in which commits lock them.
            migrationBuilder.Sql("set local lock_timeout = '1s'");

            migrationBuilder.AddColumn<long>(
                name: "last_shown_sequence",
                table: "conversations",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_shown_at",
                table: "conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "listed_at",
                table: "conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "thread",
                table: "messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "reply_to",
                table: "messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_shown",
                table: "messages",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<long>(
                name: "shown_before",
                table: "messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "unread_from",
                table: "participants",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "mentions",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    tenant = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    thread = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentions", x => new { x.conversation_id, x.user_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "message_states",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    is_deleted = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    pin_sequence = table.Column<long>(type: "bigint", nullable: true),
                    reactions_sequence = table.Column<long>(type: "bigint", nullable: true),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    untold_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_states", x => new { x.conversation_id, x.sequence });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "reaction_totals",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_sequence = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    n = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reaction_totals", x => new { x.conversation_id, x.target_sequence, x.key });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "reactions",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_sequence = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    keys = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reactions", x => new { x.conversation_id, x.target_sequence, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "thread_follows",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    thread = table.Column<long>(type: "bigint", nullable: false),
                    last_read_sequence = table.Column<long>(type: "bigint", nullable: false),
                    unread_from = table.Column<long>(type: "bigint", nullable: true),
                    is_following = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_thread_follows", x => new { x.conversation_id, x.user_id, x.thread });
                });

            migrationBuilder.CreateTable(
                name: "threads",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    thread = table.Column<long>(type: "bigint", nullable: false),
                    replies = table.Column<long>(type: "bigint", nullable: false),
                    last_sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_threads", x => new { x.conversation_id, x.thread });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateIndex(
                name: "ix_mentions_inbox",
                table: "mentions",
                columns: new[] { "tenant", "user_id", "created_at" },
                descending: new[] { false, false, true },
                filter: "user_id <> '*'");

            migrationBuilder.CreateIndex(
                name: "ix_states_pinned",
                table: "message_states",
                columns: new[] { "conversation_id", "pin_sequence" },
                filter: "pin_sequence is not null");

            migrationBuilder.CreateIndex(
                name: "ix_states_untold",
                table: "message_states",
                column: "untold_since",
                filter: "untold_since is not null");

            migrationBuilder.CreateIndex(
                name: "ix_threads_recent",
                table: "threads",
                columns: new[] { "conversation_id", "last_sequence" });

            // Indexes on messages and conversations are made by PostgresLateIndexes.
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mentions");

            migrationBuilder.DropTable(
                name: "message_states");

            migrationBuilder.DropTable(
                name: "reaction_totals");

            migrationBuilder.DropTable(
                name: "reactions");

            migrationBuilder.DropTable(
                name: "thread_follows");

            migrationBuilder.DropTable(
                name: "threads");

            migrationBuilder.Sql(
                "drop index if exists ix_messages_gap, ix_messages_target, ix_messages_thread, "
                + "ix_conversations_listed");

            migrationBuilder.DropColumn(
                name: "unread_from",
                table: "participants");

            migrationBuilder.DropColumn(
                name: "is_shown",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "reply_to",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "shown_before",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "thread",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "last_shown_at",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "last_shown_sequence",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "listed_at",
                table: "conversations");
        }
    }
}
