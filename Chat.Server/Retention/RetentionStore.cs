using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Retention;

/// <summary>Finds what is old. Failures are <see cref="StoreException"/>.</summary>
internal sealed class RetentionStore(ChatDatabase database)
{
    /// <summary>Conversations whose first entry that was not looked at is older than a time, in the order of their ids:
    /// a lookup for each, however long its log is.</summary>
    /// <param name="until">The time.</param>
    /// <param name="after">Only those after this one; null: from the first on.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<List<OldConversation>> FindAsync(
        DateTimeOffset until, ConversationId? after, int most, CancellationToken ct) => database.RunAsync(
        db =>
        {
            var rows = db.Conversations.AsQueryable();
            if (after is { } last) rows = rows.Where(c => c.Id.CompareTo(last) > 0);
            return rows
                .Where(c => c.ErasedSequence < c.LastSequence && db.Messages.Any(m =>
                    m.ConversationId == c.Id && m.Sequence == c.ErasedSequence + 1 && m.CreatedAt < until))
                .OrderBy(c => c.Id).Take(most)
                .Select(c => new OldConversation(c.Id, c.ErasedSequence, c.LastSequence)).ToListAsync(ct);
        }, ct);

    /// <summary>The newest sequence of the conversation that is older than a time: by bisection, for times rise with
    /// sequences, also in what is imported.</summary>
    public async Task<long> ThroughAsync(OldConversation conversation, DateTimeOffset until, CancellationToken ct)
    {
        var (old, young) = (conversation.Erased + 1, conversation.Last + 1);
        for (var middle = conversation.Last; young - old > 1; middle = old + ((young - old) / 2))
            if (await IsOldAsync(conversation.Id, middle, until, ct)) old = middle;
            else young = middle;
        return old;
    }

    private Task<bool> IsOldAsync(
        ConversationId conversation, long sequence, DateTimeOffset until, CancellationToken ct) => database.RunAsync(
        db => db.Messages.AnyAsync(m =>
            m.ConversationId == conversation && m.Sequence == sequence && m.CreatedAt < until, ct), ct);
}
