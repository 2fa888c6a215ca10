using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core.Conversations;

namespace Chat.Server.Core;

/// <summary>How far a caller may read.</summary>
internal static class ReadableHead
{
    /// <summary>Refuses unless the caller may read the conversation, as the database says now.</summary>
    /// <returns>The newest sequence at that moment, up to which the caller may read.</returns>
    public static async Task<long> ReadableHeadAsync(
        this AccessCache access, Caller caller, ConversationId conversation, CancellationToken ct)
    {
        var mine = await access.ReadAsync(conversation, caller.User, ct);
        return mine is not null && (mine.MayRead || caller.IsApplication)
            ? mine.AsOf
            : throw AccessRefusal.ToRead(mine);
    }
}
