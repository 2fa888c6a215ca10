using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut.Signals;
using Chat.Server.Persistence;

namespace Chat.Server.Lists;

/// <summary>Pushes changes of the lists of conversations to connected users. One turn per second takes the changes,
/// reads them once for all of this instance's users, and posts them as signals.</summary>
/// <remarks>Its cost is bounded by <see cref="QueriesPerTurn"/> and <see cref="MembersPerTurn"/>, independent of the
/// size of conversations: the participants of a large one are read over several turns, and later changes wait for the
/// next round.</remarks>
internal sealed partial class ListPusher(
    ListChanges changes, ListStore store, ConnectionRegistry connections, TimeProvider time,
    ILogger<ListPusher> logger) : BackgroundService
{
    private const int ConversationsPerQuery = 100, UsersPerQuery = 1_000;
    private const int ChangesPerQuery = 50, QueriesPerTurn = 10, MembersPerTurn = 5_000;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private int _queries, _members; // of this turn

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await changes.WaitAsync(stoppingToken);
            var taken = changes.Take();
            try
            {
                var watchers = ListWatchers.Find(connections);
                if (watchers.Users.Count > 0) await PushAsync(taken, watchers, stoppingToken);
            }
            catch (StoreException e)
            {
                Log.NotRead(logger, e);
                if (e.Failure != StoreFailure.Rejected) changes.PutBack(taken);
            }
            await EndTurnAsync(stoppingToken);
        }
    }

    private async Task PushAsync(
        IReadOnlyDictionary<ListChange, bool> taken, ListWatchers watchers, CancellationToken ct)
    {
        var ofAll = taken.Keys.Where(change => change.User is null).Select(change => change.Conversation);
        foreach (var some in ofAll.Chunk(ConversationsPerQuery)) await PushToMembersAsync(some, watchers, ct);
        var ofOne = taken.Where(change => change.Key.User is not null && watchers.AreShown(change.Key, change.Value));
        foreach (var some in ofOne.Chunk(ChangesPerQuery)) await PushToUsersAsync(some, watchers, ct);
    }

    /// <summary>Where the participants of several conversations are more than fit, they are read of a half at a time,
    /// and of one conversation page by page: each page costs what it has.</summary>
    private async Task PushToMembersAsync(ConversationId[] conversations, ListWatchers watchers, CancellationToken ct)
    {
        var users = watchers.Users.Count <= UsersPerQuery ? watchers.Users : null;
        for (UserId? after = null; ;)
        {
            var (heads, members) = await ReadAsync(conversations, users, after, MembersPerTurn, ct);
            var isAll = members.Count < MembersPerTurn;
            if (!isAll && conversations.Length > 1)
            {
                foreach (var half in conversations.Chunk((conversations.Length + 1) / 2))
                    await PushToMembersAsync(half, watchers, ct);
                return;
            }
            await PostAsync(heads, [.. members.Select(member => (member, false))], watchers, ct);
            if (isAll) return;
            after = members[^1].User.Id;
        }
    }

    private async Task PushToUsersAsync(
        KeyValuePair<ListChange, bool>[] some, ListWatchers watchers, CancellationToken ct)
    {
        ConversationId[] conversations = [.. some.Select(change => change.Key.Conversation).Distinct()];
        UserId[] users = [.. some.Select(change => change.Key.User!.Value).Distinct()];
        var (heads, members) = await ReadAsync(
            conversations, users, after: null, conversations.Length * users.Length, ct);
        var found = members.ToDictionary(member => new ListChange(member.Conversation, member.User.Id));
        var own = new List<(ListMember, bool)>();
        foreach (var (change, isOwn) in some)
        {
            if (found.TryGetValue(change, out var member)) own.Add((member, isOwn));
            // Every user belongs to a public conversation, also without own state in it.
            else if (isOwn && heads.TryGetValue(change.Conversation, out var head)
                && head.Summary.Kind != ConversationKind.Public)
                Post(new ListSignal(change.Conversation, new UserKey(head.Tenant, change.User!.Value), Summary: null,
                    IsToldByLog: false), watchers);
        }
        await PostAsync(heads, own, watchers, ct);
    }

    /// <summary>The conversations first, then the participants: so no user gets an entry from after the user's
    /// removal.</summary>
    private async Task<(Dictionary<ConversationId, ListHead> Heads, List<ListMember> Members)> ReadAsync(
        ConversationId[] conversations, IReadOnlyCollection<UserId>? users, UserId? after, int most,
        CancellationToken ct)
    {
        if (_queries == QueriesPerTurn || _members >= MembersPerTurn) await EndTurnAsync(ct);
        _queries++;
        var heads = await store.ReadHeadsAsync(conversations, ct);
        var members = await store.ReadMembersAsync(conversations, users, after, most, ct);
        _members += members.Count;
        return (heads, members);
    }

    /// <summary>Counts what is unread for those who are shown it, and posts it to them.</summary>
    private async Task PostAsync(
        Dictionary<ConversationId, ListHead> heads, IReadOnlyList<(ListMember Member, bool IsOwn)> members,
        ListWatchers watchers, CancellationToken ct)
    {
        // Made in between, the conversation has no head.
        var shown = members.Where(one => heads.ContainsKey(one.Member.Conversation)
            && watchers.AreShown(new ListChange(one.Member.Conversation, one.Member.User.Id), one.IsOwn)).ToList();
        var summaries = await store.CountAsync([.. shown.Select(one =>
            (one.Member.User.Id, heads[one.Member.Conversation].Summary with
            {
                LastReadSequence = one.Member.LastRead, UnreadFrom = one.Member.UnreadFrom,
                IsMuted = one.Member.IsMuted,
            }))], ct);
        foreach (var ((member, isOwn), summary) in shown.Zip(summaries))
            // Changed again since it was taken, perhaps by a removal: the next turn reads it again.
            if (!changes.IsChanged(member.Conversation, member.User.Id))
                Post(new ListSignal(member.Conversation, member.User, summary, IsToldByLog: !isOwn), watchers);
    }

    private static void Post(ListSignal signal, ListWatchers watchers)
    {
        foreach (var writer in watchers.Of(signal.User)) writer.Post(signal); // which are not the reader's pass it over
    }

    private async Task EndTurnAsync(CancellationToken ct)
    {
        await Task.Delay(Turn, time, ct);
        (_queries, _members) = (0, 0);
    }

    private static partial class Log
    {
        [LoggerMessage(9200, LogLevel.Warning,
            "What changed in the lists of conversations could not be read; it is tried again")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
