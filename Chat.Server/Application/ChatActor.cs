using System.Runtime.CompilerServices;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Rights;

namespace Chat.Server.Application;

/// <summary>Each method is one call of what the transports call, too.</summary>
internal sealed class ChatActor(Caller caller, ChatService chat, ConversationRights rights, Admission admission)
    : IChatActor
{
    // The application is no participant of what it makes.
    private Caller Creator => caller.IsApplication
        ? caller with { User = new UserKey(caller.Tenant, default) }
        : caller;

    public Task<ConversationSummary> CreateAsync(CreateConversation command, CancellationToken ct = default) =>
        RunAsync(() => rights.Creation.CreateAsync(Creator, command, ct), ct);

    public Task ChangeAsync(ConversationId conversation, ChangeConversation command, CancellationToken ct = default) =>
        RunAsync(() => rights.Settings.ChangeAsync(caller, conversation, command, ct), ct);

    public Task<SendReceipt> SendAsync(
        ConversationId conversation, string? body, SendOptions? options = null, CancellationToken ct = default) =>
        StoreAsync(() => chat.EnqueueSendAsync(caller, conversation, body, options, ct), ct);

    public Task<SendReceipt> EditAsync(
        ConversationId conversation, long sequence, EditMessage command, CancellationToken ct = default) =>
        StoreAsync(() => rights.Amendments.EnqueueEditAsync(caller, conversation, sequence, command, ct), ct);

    public Task<SendReceipt> DeleteAsync(
        ConversationId conversation, long sequence, DeleteMessage? command = null, CancellationToken ct = default) =>
        StoreAsync(() => rights.Amendments.EnqueueDeleteAsync(caller, conversation, sequence, command, ct), ct);

    public Task<ReactionReceipt> SetReactionsAsync(
        ConversationId conversation, long sequence, IReadOnlyList<string> keys, CancellationToken ct = default) =>
        RunAsync(async () =>
            await await rights.Reacting.EnqueueAsync(caller, conversation, sequence, keys, null, ct), ct);

    public Task<SendReceipt> SetPinnedAsync(
        ConversationId conversation, long sequence, bool isPinned = true, CancellationToken ct = default) =>
        RunAsync(async () =>
            (await rights.Pinning.SetAsync(caller, conversation, sequence, isPinned, ct)).ToReceipt(), ct);

    public Task AddAsync(ConversationId conversation, IReadOnlyList<UserId> users, CancellationToken ct = default) =>
        RunAsync(() => rights.Membership.AddAsync(caller, conversation, users, ct), ct);

    public Task RemoveAsync(ConversationId conversation, UserId user, CancellationToken ct = default) =>
        RunAsync(() => rights.Membership.RemoveAsync(caller, conversation, user, ct), ct);

    public Task SetRoleAsync(ConversationId conversation, SetRole command, CancellationToken ct = default) =>
        RunAsync(() => rights.Roles.SetAsync(caller, conversation, command, ct), ct);

    public Task<IReadOnlyList<ConversationSummary>> ListAsync(
        ConversationsQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => chat.ConversationsAsync(caller, query, ct), ct);

    public Task<ParticipantsPage> ParticipantsAsync(
        ConversationId conversation, ParticipantsQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => rights.Participants.ListAsync(caller, conversation, query, ct), ct);

    public Task<HistoryPage> HistoryAsync(
        ConversationId conversation, HistoryQuery? query = null, CancellationToken ct = default) =>
        RunAsync(() => chat.HistoryAsync(caller, conversation, query, ct), ct);

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

    private Task<SendReceipt> StoreAsync(Func<ValueTask<Task<Appended>>> enqueue, CancellationToken ct) =>
        RunAsync(async () => (await await enqueue()).ToReceipt(), ct);

    private Task RunAsync(Func<Task> call, CancellationToken ct) => RunAsync(async () =>
    {
        await call();
        return true;
    }, ct);

    /// <summary>Transports look at a caller when a request comes; this is the request.</summary>
    private Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken ct) => Refusals.TranslateAsync(async () =>
        await admission.CheckAsync(caller, ct) is { } refusal ? throw new ChatException(refusal) : await call());
}
