using Chat.Server.Outbox.Store;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server;

/// <summary>Sends messages with the application's own transactions.</summary>
public static class ChatOutboxExtensions
{
    /// <summary>Maps the table of waiting messages, <c>chat_outbox</c>, into the application's own model: it is part of
    /// its migrations from then on.</summary>
    /// <param name="model">The model, in <c>OnModelCreating</c>.</param>
    /// <param name="schema">The schema of the table; null: the model's default.</param>
    public static ModelBuilder MapChatOutbox(this ModelBuilder model, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        OutboxModel.AddTo(model, schema);
        return model;
    }

    /// <summary>The messages that are sent when this context's changes are committed.</summary>
    /// <param name="db">A context whose model has the table, and which was named to <c>AddOutbox</c>.</param>
    public static ChatOutbox Chat(this DbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new ChatOutbox(db);
    }
}
