using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Chat.Server.Transfer.Lines;
using Chat.Server.Transfer.Reading;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Transfer.Store;

/// <summary>Writes lines of an export, some in a transaction.</summary>
internal sealed class ImportStore(ChatDatabase database, TimeProvider time)
{
    /// <summary>Writes these lines and moves the mark, all or nothing.</summary>
    /// <exception cref="TransferException">One of them cannot be in this database.</exception>
    /// <exception cref="StoreException">The database cannot be written.</exception>
    public async Task WriteAsync(
        Guid export, IReadOnlyList<TransferStep> steps, ImportMark from, ImportMark to, CancellationToken ct)
    {
        try
        {
            await database.ChangeAsync(db => WriteAsync(db, steps, MoveAsync, ct), ct);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Rejected)
        {
            throw TransferException.At(await FindRefusedAsync(steps, ct) ?? steps[0].Number,
                $"the database refuses it: {DatabaseFailures.Find(e.InnerException)?.Message}", e);
        }

        Task MoveAsync(ChatDbContext db) => ImportMarks.MoveAsync(db, export, from, to, ct);
    }

    private async Task<bool> WriteAsync(ChatDbContext db, IReadOnlyList<TransferStep> steps,
        Func<ChatDbContext, Task> move, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await RefuseKnownAsync(db, steps, ct);
        var rows = new LineRows(db, time);
        foreach (var step in steps) rows.Add(step);
        await rows.AddUnknownAsync(ct);
        await db.SaveChangesAsync(ct);
        if (steps.FirstOrDefault(step => IsLobby(step.Line)) is { Line: ConversationLine lobby })
            await SetLobbyAsync(db, lobby, ct);
        foreach (var step in steps)
            if (step.Ended is { } ended) await db.MoveEndAsync(ended.Id, ended.Links, ct);
        await move(db);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>A conversation that is there stays as it is.</summary>
    private static async Task RefuseKnownAsync(
        ChatDbContext db, IReadOnlyList<TransferStep> steps, CancellationToken ct)
    {
        var ids = steps.Select(step => step.Line).OfType<ConversationLine>().Select(line => line.Id).ToList();
        if (ids.Count == 0) return;
        var keys = steps.Select(step => (step.Line as ConversationLine)?.DirectKey).OfType<string>().ToList();
        var known = await db.Conversations.AsNoTracking()
            .Where(c => ids.Contains(c.Id) || (c.DirectKey != null && keys.Contains(c.DirectKey)))
            .Select(c => new
            {
                c.Id, c.DirectKey, IsEmpty = c.LastSequence == 0 && !db.Participants.Any(p => p.ConversationId == c.Id),
            }).ToListAsync(ct);
        foreach (var step in steps)
            if (step.Line is ConversationLine line && known.Find(one => one.Id == line.Id
                || (one.DirectKey != null && one.DirectKey == line.DirectKey)) is { } there
                && !(IsLobby(line) && there.IsEmpty)) // every database has it
                throw TransferException.At(step.Number, there.Id == line.Id
                    ? $"the conversation {line.Id} is in the database already"
                    : $"the two users of this direct conversation have one in the database already: {there.Id}");
    }

    private static bool IsLobby(TransferLine line) => line is ConversationLine conversation
        && conversation.Id == ConversationId.Lobby;

    private static Task SetLobbyAsync(ChatDbContext db, ConversationLine lobby, CancellationToken ct) =>
        db.Conversations.Where(c => c.Id == ConversationId.Lobby).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Title, lobby.Title).SetProperty(c => c.SlowModeSeconds, lobby.SlowModeSeconds)
            .SetProperty(c => c.Topic, lobby.Topic).SetProperty(c => c.AvatarUrl, lobby.AvatarUrl)
            .SetProperty(c => c.IsArchived, lobby.IsArchived)
            .SetProperty(c => c.RemovedSequence, lobby.RemovedSequence)
            .SetProperty(c => c.ErasedSequence, lobby.ErasedSequence), ct);

    /// <summary>Line by line, and nothing of it stays.</summary>
    private async Task<long?> FindRefusedAsync(IReadOnlyList<TransferStep> steps, CancellationToken ct) =>
        await database.ChangeAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            foreach (var step in steps)
                try
                {
                    var rows = new LineRows(db, time);
                    rows.Add(step);
                    await rows.AddUnknownAsync(ct);
                    await db.SaveChangesAsync(ct);
                    db.ChangeTracker.Clear();
                }
                catch (DbUpdateException)
                {
                    return step.Number;
                }
            return (long?)null;
        }, ct);
}
