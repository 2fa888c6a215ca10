using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Chat.Server.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Messages2 : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "last_shown_sequence",
                table: "conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "last_shown_at",
                table: "conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "listed_at",
                table: "conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "thread",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "reply_to",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_shown",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<long>(
                name: "shown_before",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "unread_from",
                table: "participants",
                type: "INTEGER",
                nullable: true);

            // Small rows, found by their keys alone.
            migrationBuilder.Sql(
                """
                CREATE TABLE "message_states" (
                    "conversation_id" BLOB NOT NULL,
                    "sequence" INTEGER NOT NULL,
                    "version" INTEGER NOT NULL,
                    "is_deleted" INTEGER NOT NULL DEFAULT 0,
                    "pin_sequence" INTEGER NULL,
                    "reactions_sequence" INTEGER NULL,
                    "told_at" INTEGER NULL,
                    "untold_since" INTEGER NULL,
                    CONSTRAINT "pk_message_states" PRIMARY KEY ("conversation_id", "sequence")
                ) WITHOUT ROWID;
                CREATE TABLE "reactions" (
                    "conversation_id" BLOB NOT NULL,
                    "target_sequence" INTEGER NOT NULL,
                    "user_id" TEXT NOT NULL,
                    "keys" TEXT NOT NULL,
                    CONSTRAINT "pk_reactions" PRIMARY KEY ("conversation_id", "target_sequence", "user_id")
                ) WITHOUT ROWID;
                CREATE TABLE "reaction_totals" (
                    "conversation_id" BLOB NOT NULL,
                    "target_sequence" INTEGER NOT NULL,
                    "key" TEXT NOT NULL,
                    "n" INTEGER NOT NULL,
                    CONSTRAINT "pk_reaction_totals" PRIMARY KEY ("conversation_id", "target_sequence", "key")
                ) WITHOUT ROWID;
                CREATE TABLE "threads" (
                    "conversation_id" BLOB NOT NULL,
                    "thread" INTEGER NOT NULL,
                    "replies" INTEGER NOT NULL,
                    "last_sequence" INTEGER NOT NULL,
                    CONSTRAINT "pk_threads" PRIMARY KEY ("conversation_id", "thread")
                ) WITHOUT ROWID;
                CREATE TABLE "thread_follows" (
                    "conversation_id" BLOB NOT NULL,
                    "user_id" TEXT NOT NULL,
                    "thread" INTEGER NOT NULL,
                    "last_read_sequence" INTEGER NOT NULL,
                    "unread_from" INTEGER NULL,
                    "is_following" INTEGER NOT NULL,
                    CONSTRAINT "pk_thread_follows" PRIMARY KEY ("conversation_id", "user_id", "thread")
                ) WITHOUT ROWID;
                CREATE TABLE "mentions" (
                    "conversation_id" BLOB NOT NULL,
                    "user_id" TEXT NOT NULL,
                    "sequence" INTEGER NOT NULL,
                    "tenant" TEXT NOT NULL,
                    "thread" INTEGER NULL,
                    "created_at" INTEGER NOT NULL,
                    CONSTRAINT "pk_mentions" PRIMARY KEY ("conversation_id", "user_id", "sequence")
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateIndex(
                name: "ix_messages_gap",
                table: "messages",
                columns: new[] { "conversation_id", "shown_before" },
                filter: "shown_before is not null and is_shown");

            migrationBuilder.CreateIndex(
                name: "ix_messages_target",
                table: "messages",
                columns: new[] { "conversation_id", "target_sequence", "sequence" },
                filter: "target_sequence is not null");

            migrationBuilder.CreateIndex(
                name: "ix_messages_thread",
                table: "messages",
                columns: new[] { "conversation_id", "thread", "sequence" },
                filter: "thread is not null");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_listed",
                table: "conversations",
                columns: new[] { "tenant", "listed_at" },
                descending: new[] { false, true });

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

            migrationBuilder.DropIndex(
                name: "ix_messages_gap",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_target",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_thread",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_conversations_listed",
                table: "conversations");

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
