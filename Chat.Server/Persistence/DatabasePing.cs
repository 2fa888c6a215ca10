using Chat.Contracts.Identifiers;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Chat.Server.Persistence;

/// <summary>Whether the database can be worked with, for the readiness check.</summary>
internal sealed class DatabasePing(ChatDatabase database, TimeProvider time)
{
    private const string Unreachable = "the database does not answer", ReadOnly = "the database takes no writes";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong; null when a real query of the schema was answered within two seconds, and what is sent
    /// could be stored.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(Bound, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, bound.Token);
        try
        {
            return await database.RunAsync(db => LookAsync(db, both.Token), both.Token);
        }
        catch (StoreException)
        {
            return Unreachable;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Unreachable;
        }
    }

    private static async Task<string?> LookAsync(ChatDbContext db, CancellationToken ct)
    {
        if (!await db.Conversations.AnyAsync(c => c.Id == ConversationId.Lobby, ct)) return Unreachable;
        if (!db.Database.IsNpgsql()) return null;
        // A standby, a primary that was demoted, or one that is set to be read-only.
        var setting = await db.Database
            .SqlQuery<string>($"select current_setting('transaction_read_only') as \"Value\"").SingleAsync(ct);
        if (setting == "off") return null;
        // This session, and those like it, may be the last ones to say so.
        NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
        return ReadOnly;
    }
}
