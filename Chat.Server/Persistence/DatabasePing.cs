using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Postgres;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Whether the database can be worked with, for the readiness check.</summary>
/// <param name="database">The database.</param>
/// <param name="schema">Whether it has our tables.</param>
/// <param name="time">What the bound is measured with.</param>
/// <param name="postgres">Its connections, where it is PostgreSQL.</param>
internal sealed class DatabasePing(
    ChatDatabase database, SchemaCheck schema, TimeProvider time, PostgresConnections? postgres = null)
{
    public const string Unreachable = "the database does not answer", ReadOnly = "the database takes no writes";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong; null when a real query of the schema was answered within two seconds, and what is sent
    /// could be stored.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(Bound, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, bound.Token);
        try
        {
            if (await schema.FindProblemAsync(both.Token) is { } problem) return problem;
            if (postgres is not null) return await postgres.FindProblemAsync(both.Token);
            return await database.RunAsync(
                db => db.Conversations.AnyAsync(c => c.Id == ConversationId.Lobby, both.Token), both.Token)
                ? null : Unreachable;
        }
        catch (StoreException e)
        {
            return e.InnerException is null ? e.Message : Unreachable; // what was found out has words of its own
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Unreachable;
        }
    }
}
