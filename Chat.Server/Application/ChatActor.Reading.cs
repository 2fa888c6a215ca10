using System.Runtime.CompilerServices;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Server.Application;

/// <content>What it may ask.</content>
internal sealed partial class ChatActor
{
    public Task<IReadOnlyList<ConversationSummary>> ListAsync(
        ConversationsQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => Chat.ConversationsAsync(caller, query, ct), ct);

    public Task<ParticipantsPage> ParticipantsAsync(
        ConversationId conversation, ParticipantsQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => Rights.Participants.ListAsync(caller, conversation, query, ct), ct);

    public Task<HistoryPage> HistoryAsync(
        ConversationId conversation, HistoryQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => Chat.HistoryAsync(caller, conversation, query, ct), ct);

    public async IAsyncEnumerable<ConversationEntry> ReadAsync(
        ConversationId conversation, long after = 0, [EnumeratorCancellation] CancellationToken ct = default)
    {
        while (true)
        {
            var query = new HistoryQuery { View = HistoryView.Log, After = after, Limit = ChatLimits.HistoryPage };
            var page = await HistoryAsync(conversation, query, ct);
            if (page.Entries.Count == 0) yield break;
            foreach (var entry in page.Entries) yield return entry;
            after = page.Entries[^1].Sequence;
        }
    }

    public Task<HistoryPage> MessageAsync(
        ConversationId conversation, long sequence, CancellationToken ct = default) =>
        RunAsync(() => Chat.MessageAsync(caller, conversation, sequence, ct), ct);

    public Task<HistoryPage> VersionsAsync(
        ConversationId conversation, long sequence, long? after = null, CancellationToken ct = default) =>
        RunAsync(() => Chat.VersionsAsync(caller, conversation, sequence, after, ct), ct);

    public Task<ReactionsPage> ReactionsAsync(ConversationId conversation, long sequence, string? key = null,
        UserId? after = null, CancellationToken ct = default) =>
        RunAsync(() => Rights.Reacting.ListAsync(caller, conversation, sequence, key, after, ct), ct);

    public Task<IReadOnlyList<Pin>> PinsAsync(ConversationId conversation, CancellationToken ct = default) =>
        RunAsync(() => Rights.Pinning.ListAsync(caller, conversation, ct), ct);

    public Task<IReadOnlyList<ThreadSummary>> ThreadsAsync(
        ConversationId conversation, ThreadsQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => Chat.Threads.ListAsync(caller, conversation, query, ct), ct);

    public Task<IReadOnlyList<ReadPosition>> ReadPositionsAsync(
        ConversationId conversation, CancellationToken ct = default) =>
        RunAsync(() => Chat.ReadPositionsAsync(caller, conversation, ct), ct);

    public Task<IReadOnlyList<Mention>> MentionsAsync(MentionsQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => Chat.Threads.MentionsAsync(caller, query, ct), ct);

    public Task<IReadOnlyList<UserProfile>> UsersAsync(
        IReadOnlyList<UserId> users, CancellationToken ct = default) =>
        RunAsync(() => calls.Users.FindAsync(caller, users, ct), ct);

    public Task<IReadOnlyList<UserId>> BlocksAsync(CancellationToken ct = default) =>
        RunAsync(() => calls.Blocks.ListAsync(caller, ct), ct);

    public Task<IReadOnlyList<OpenReport>> ReportsAsync(
        ConversationId? conversation = null, ReportsQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => calls.Reports.Queue.ListAsync(caller, conversation, query, ct), ct);
}
