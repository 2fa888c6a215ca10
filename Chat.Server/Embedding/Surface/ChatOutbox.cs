using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Outbox;
using Chat.Server.Outbox.Store;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server;

/// <summary>Messages that are sent when the application's own changes are committed, and only then.</summary>
public readonly struct ChatOutbox
{
    private readonly DbContext _db;

    internal ChatOutbox(DbContext db) => _db = db;

    /// <summary>Adds a message to the changes of this context. It is in the log soon after their commit, once, and
    /// behind those that were added to the same conversation before; it never is when they are rolled back.</summary>
    /// <remarks>It is sent as the application: the sender need not take part, and policies are not asked. An
    /// application that runs its changes again in a <i>new</i> context, because it does not know whether a commit
    /// happened, gives <see cref="SendOptions.DedupeKey"/>: else the message is another one.</remarks>
    /// <param name="conversation">Where to. One that does not exist is found out when it is sent: then the row keeps
    /// the reason, and holds up what follows in that conversation.</param>
    /// <param name="sender">In whose name.</param>
    /// <param name="body">The text; null where there is an attachment.</param>
    /// <param name="options">The rest.</param>
    /// <param name="tenant">Of which tenant.</param>
    /// <exception cref="ArgumentException">No user may send such a message, or the tenant's name is not
    /// allowed.</exception>
    /// <exception cref="InvalidOperationException">The context has no table for it (<see
    /// cref="ChatOutboxExtensions.MapChatOutbox"/>).</exception>
    public void Send(
        ConversationId conversation, UserId sender, string? body, SendOptions? options = null,
        string tenant = "default")
    {
        ArgumentException.ThrowIfNullOrEmpty(sender.Value);
        var name = Tenant.OfArgument(tenant).Name;
        if (MessageRules.Check(body, options, out _) is { } problem)
            throw new ArgumentException(problem.ToText(), nameof(body));
        OutboxModel.RowsOf(_db).Add(new OutboxRow
        {
            Id = Guid.CreateVersion7(), Process = OutboxBell.Process, Tenant = name,
            ConversationId = conversation.Value, SenderId = sender.Value, Body = body,
            Options = OutboxContent.ToJson(options), CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        });
    }
}
