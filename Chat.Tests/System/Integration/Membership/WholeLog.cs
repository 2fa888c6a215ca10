using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures.Membership;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Membership;

/// <summary>The log of a conversation at the end of a run: what everything else is compared with.</summary>
internal sealed class WholeLog(IReadOnlyList<ConversationEntry> entries)
{
    private readonly Dictionary<string, Participation> _users = [];

    public IReadOnlyList<ConversationEntry> Entries => entries;

    public long Head => entries.Count;

    public IEnumerable<long> Messages => entries.OfType<MessageEntry>().Select(entry => entry.Sequence);

    public Participation Of(string user) =>
        _users.TryGetValue(user, out var known) ? known : _users[user] = new Participation(entries, user);

    public static async Task<WholeLog> ReadAsync(TestServer server, ConversationId conversation)
    {
        var store = server.Services.GetRequiredService<IMessageStore>();
        var entries = new List<ConversationEntry>();
        while (await store.ReadAfterAsync(conversation, entries.Count, 1_000, CancellationToken.None)
            is { Count: > 0 } page) entries.AddRange(page);
        return new WholeLog(entries);
    }

    /// <summary>Null when its sequences are 1, 2, 3 …, each entry's sender took part, and none of a message was
    /// muted.</summary>
    public string? Problem() => entries
        .Select((entry, i) => entry.Sequence != i + 1 ? $"the log has {entry.Sequence} at place {i + 1}"
            : i > 0 && !Of(entry.SenderId.Value).IsIn(i)
                ? $"{entry.Sequence} is stored for {entry.SenderId}, who took no part"
                : entry is MessageEntry && Of(entry.SenderId.Value).IsMuted(i)
                ? $"{entry.Sequence} is stored for {entry.SenderId}, who was muted"
                : null)
        .FirstOrDefault(problem => problem is not null);
}
