using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Outbox.Store;

/// <summary>The table in the application's own model.</summary>
internal static class OutboxModel
{
    public const string Table = "chat_outbox";

    /// <summary>Characters of a reason.</summary>
    public const int MaxError = 1_000;

    public static void AddTo(ModelBuilder model, string? schema) => model.Entity<OutboxRow>(row =>
    {
        row.ToTable(Table, schema);
        row.HasKey(r => r.Number);
        row.Property(r => r.Number).HasColumnName("number").ValueGeneratedOnAdd();
        row.Property(r => r.Id).HasColumnName("id");
        row.Property(r => r.Process).HasColumnName("process");
        row.Property(r => r.Tenant).HasColumnName("tenant").HasMaxLength(Tenant.MaxLength);
        row.Property(r => r.ConversationId).HasColumnName("conversation_id");
        row.Property(r => r.SenderId).HasColumnName("sender_id").HasMaxLength(ChatLimits.UserIdLength);
        row.Property(r => r.Body).HasColumnName("body");
        row.Property(r => r.Options).HasColumnName("options");
        row.Property(r => r.CreatedAt).HasColumnName("created_at");
        row.Property(r => r.Error).HasColumnName("error").HasMaxLength(MaxError);
        row.Ignore(r => r.Conversation);
    });

    /// <exception cref="InvalidOperationException">The model has no such table.</exception>
    public static DbSet<OutboxRow> RowsOf(DbContext db) => db.Model.FindEntityType(typeof(OutboxRow)) is not null
        ? db.Set<OutboxRow>()
        : throw new InvalidOperationException($"{db.GetType().Name} has no table for messages that wait: call "
            + "modelBuilder.MapChatOutbox() in OnModelCreating, and add a migration");
}
