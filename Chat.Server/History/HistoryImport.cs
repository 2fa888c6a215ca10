using Chat.Contracts.Entries;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Core.Conversations;
using Chat.Server.History.Store;
using Chat.Server.Persistence;

namespace Chat.Server.History;

/// <summary>Stores the history of new conversations, with its own times and senders, while the chat runs. In short
/// transactions, so that nobody waits; a conversation is there for its users when all of it is.</summary>
internal sealed class HistoryImport(HistoryStore store, NewKinds kinds, ListChanges lists, TimeProvider time)
{
    /// <summary>What is stored in one transaction at most.</summary>
    private const int MostEntries = 1_000, MostCharacters = 1024 * 1024;

    /// <param name="tenant">Whose the conversations are.</param>
    /// <param name="kind">What all of them are.</param>
    /// <param name="entries">Conversation by conversation, each from its first entry on.</param>
    /// <param name="stored">Is told what was stored, also where it ends with a refusal.</param>
    /// <param name="ct">Ends it. What was stored stays, and the same entries may be given again.</param>
    /// <exception cref="ChatException">An entry is not as allowed, or its conversation is there already.</exception>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public async Task RunAsync(Tenant tenant, ConversationKind kind, IAsyncEnumerable<ConversationEntry> entries,
        ImportReport stored, CancellationToken ct)
    {
        if (kind is not (ConversationKind.Group or ConversationKind.Direct))
            throw ChatException.BadRequest("kind must be group or direct");
        var level = await kinds.DemandAsync(ct);
        var (waiting, size, begun) = (new List<HistoryEntry>(), 0L, 0L);
        HistoryTrack? track = null;
        await foreach (var entry in entries.WithCancellation(ct))
        {
            if (track?.Id != entry.ConversationId)
            {
                if (track is not null) await EndAsync(track);
                track = new HistoryTrack(entry.ConversationId, tenant, kind, time.GetUtcNow());
            }
            var next = Next(track, entry);
            waiting.Add(next);
            size += next.Size;
            if (waiting.Count >= MostEntries || size >= MostCharacters) await WriteAsync(track);
        }
        if (track is not null) await EndAsync(track);

        HistoryEntry Next(HistoryTrack one, ConversationEntry entry)
        {
            try
            {
                return one.Next(entry);
            }
            catch (ChatException e) when (begun > 0)
            {
                throw HistoryTrack.InTheMiddle(e.Message, begun);
            }
        }

        async Task WriteAsync(HistoryTrack one)
        {
            if (waiting.Count == 0) return;
            var fresh = await store.WriteAsync(new HistoryBatch(one, [.. waiting], one.End, level), ct);
            stored.Entries += fresh ?? 0;
            begun = fresh is null ? 0 : one.End.Last;
            waiting.Clear();
            size = 0;
        }

        async Task EndAsync(HistoryTrack one)
        {
            await WriteAsync(one);
            begun = 0;
            if (await store.EndAsync(one, ct))
            {
                stored.Conversations++;
                lists.Note(one.Id);
            }
            else stored.Known++;
        }
    }
}
