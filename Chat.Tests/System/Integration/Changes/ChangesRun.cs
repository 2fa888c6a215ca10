using System.Collections.Concurrent;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Messages;
using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Changes;

/// <summary>One random life of a conversation whose messages change: each user writes over several transports at the
/// same time. Who asks for what, and in which order, follows from the seed; how they interleave does not.</summary>
internal sealed class ChangesRun : IAsyncDisposable
{
    private const int DevicesEach = 2, Steps = 14;

    private readonly MembershipSite _site;
    private readonly int _seed;
    private readonly ConcurrentQueue<TakenPage> _pages = new();
    private readonly List<ChangingMember> _members = [];

    /// <param name="site">Where.</param>
    /// <param name="seed">Of all that is random.</param>
    /// <param name="inLobby">In the room that everybody may poll; else in a group.</param>
    public ChangesRun(MembershipSite site, int seed, bool inLobby)
    {
        (_site, _seed, Conversation) = (site, seed, inLobby ? ConversationId.Lobby : default);
        Users = [.. new[] { "ann", "ben", "cem" }.Select(user => $"{user}{seed}")];
    }

    /// <summary>Those who write.</summary>
    public IReadOnlyList<string> Users { get; }

    public KnownMessages Known { get; } = new();

    public ConversationId Conversation { get; private set; }

    /// <summary>Takes part from the beginning, and comes when all is over.</summary>
    private string Late => $"late{_seed}";

    /// <summary>What is wrong after a random life; null when all is as promised.</summary>
    public async Task<string?> RunAsync()
    {
        if (Conversation == default) Conversation = await CreateAsync();
        for (var i = 0; i < Users.Count * DevicesEach; i++)
        {
            var random = new Random((_seed * 1_000) + i);
            var user = Users[i % Users.Count];
            Add(await DeviceChanger.ConnectAsync(_site.Servers, user, Conversation, random), random);
        }
        Add(new RestChanger(_site.Servers, Users[0], Conversation, new Random(_seed)), new Random(_seed));
        var sdk = await SdkChanger.ConnectAsync(_site.Servers[0], Users[1], Conversation);
        Add(sdk, new Random(_seed + 1));
        var node = await NodeChanger.ConnectAsync(_site.Servers[^1], Users[2], Conversation);
        Add(node, new Random(_seed + 2));

        await Task.WhenAll(_members.Select(member => member.RunAsync(Steps)));

        await Eventually.HoldsAsync(async () => (await _site.Database.QueryAsync(
            "select 1 from message_states where untold_since is not null")).Count == 0);
        var log = await WholeLog.ReadAsync(_site.Servers[0], Conversation);
        var end = FoldedLog.Of(log.Entries).Messages.ToList();
        return StoredProblem(log) ?? _pages.Select(page => page.Problem(log)).FirstOrDefault(one => one is not null)
            ?? await ShownProblemAsync(log, end, node)
            ?? await new EndState(_site, Conversation, end).ProblemAsync([.. Users, Late])
            ?? await LeakAsync(end, sdk);
    }

    /// <summary>Asks for a page, over the client's own connection where it has one of the hub, else over
    /// REST.</summary>
    public async Task TakePageAsync(IChanger changer, HistoryQuery query, Random random)
    {
        var page = changer is DeviceChanger { Hub: { } hub }
            ? await PageReading.ByHubAsync(hub, query)
            : await PageReading.ByRestAsync(
                _site.Servers[random.Next(_site.Servers.Count)], changer.User, Conversation, query);
        _pages.Enqueue(new TakenPage(query, page));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members) await member.Changer.DisposeAsync();
    }

    private void Add(IChanger changer, Random random) =>
        _members.Add(new ChangingMember(this, changer, random, $"{changer.User}.{_members.Count}"));

    private async Task<ConversationId> CreateAsync()
    {
        await using var maker = await _site.Servers[0].ConnectHubAsync(Users[0]);
        return (await maker.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [.. Users.Append(Late).Select(UserId.Parse)],
        })).Id;
    }

    /// <summary>Each entry that was acknowledged is stored, once, and nothing else is.</summary>
    private string? StoredProblem(WholeLog log)
    {
        var stored = log.Entries.Where(entry => entry is MessageEntry or MessageEditedEntry or MessageDeletedEntry)
            .ToLookup(entry => entry.Id.ToString());
        // In the lobby nobody needs to take part.
        return (Conversation == ConversationId.Lobby ? null : log.Problem())
            ?? stored.Where(same => same.Count() > 1 || !Known.Ids.Contains(same.Key))
                .Select(same => $"stored {same.Count()} times, or not acknowledged: {same.First()}, "
                    + $"refused were {Known.Refused}").FirstOrDefault()
            ?? Known.Ids.Where(id => !stored.Contains(id)).Select(id => $"{id} is not stored").FirstOrDefault();
    }

    /// <summary>Each client was shown the log, once and in order, and what it makes of it is what the log
    /// says.</summary>
    private async Task<string?> ShownProblemAsync(WholeLog log, List<FoldedMessage> end, NodeChanger node)
    {
        foreach (var changer in _members.Select(member => member.Changer))
        {
            var shown = await changer.ShownAsync(log.Head);
            if (!shown.Select(entry => (entry.Sequence, entry.Id)).SequenceEqual(
                log.Entries.Select(entry => (entry.Sequence, entry.Id))))
                return $"{changer.User} ({changer.GetType().Name}) was shown "
                    + string.Join(' ', shown.Select(entry => entry.Sequence));
            if (EndState.Differs(FoldedLog.Of(shown).Messages, end) is { } problem)
                return $"{changer.User} ({changer.GetType().Name}) made {problem}";
        }
        var folded = await node.FoldedAsync();
        return folded.Zip(end).Where(pair => (pair.First.Sequence, pair.First.Version, pair.First.Message.Body)
                != (pair.Second.Sequence, pair.Second.Version, pair.Second.Message.Body))
            .Select(pair => $"JavaScript made {pair.First} of {pair.Second}").FirstOrDefault();
    }

    /// <summary>A text of a deleted message in an answer, to one who comes now and to one who was here.</summary>
    private async Task<string?> LeakAsync(List<FoldedMessage> end, SdkChanger sdk)
    {
        await sdk.UntilShowsAsync(end);
        var deleted = end.FindAll(one => one.IsDeleted).Select(one => one.Sequence).ToHashSet();
        var texts = Known.TextsOf(deleted).Select(text => text[..(text.LastIndexOf('~') + 1)]).ToList();
        foreach (var server in _site.Servers)
            foreach (var user in (string[])[Late, Users[0]])
                foreach (var (surface, answer) in await EverySurface.AskAsync(server, user, Conversation, deleted))
                    if (texts.Find(text => answer.Contains(text, StringComparison.Ordinal)) is { } leak)
                        return $"{surface} shows {leak} to {user}";
        return null;
    }
}
