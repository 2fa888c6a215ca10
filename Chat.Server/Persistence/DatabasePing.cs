using Chat.Contracts.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Whether the database answers, for the readiness check.</summary>
internal sealed class DatabasePing(ChatDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    /// <summary>True when a real query of the schema was answered within two seconds.</summary>
    public async Task<bool> CanConnectAsync(CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(Bound, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, bound.Token);
        try
        {
            return await database.RunAsync(
                db => db.Conversations.AnyAsync(c => c.Id == ConversationId.Lobby, both.Token), both.Token);
        }
        catch (StoreException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
