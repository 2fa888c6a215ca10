using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Rights;

namespace Chat.Server.Application;

/// <summary>Each method is one call of what the transports call, too.</summary>
internal sealed partial class ChatActor(Caller caller, ActorCalls calls) : IChatActor
{
    private ChatService Chat => calls.Chat;

    private ConversationRights Rights => calls.Rights;

    // The application is no participant of what it makes.
    private Caller Creator => caller.IsApplication
        ? caller with { User = new UserKey(caller.Tenant, default) }
        : caller;

    public Task<ConversationSummary> CreateAsync(CreateConversation command, CancellationToken ct = default) =>
        RunAsync(() => Rights.Creation.CreateAsync(Creator, command, ct), ct);

    public Task ChangeAsync(ConversationId conversation, ChangeConversation command, CancellationToken ct = default) =>
        RunAsync(() => Rights.Settings.ChangeAsync(caller, conversation, command, ct), ct);

    public Task<SendReceipt> SendAsync(
        ConversationId conversation, string? body, SendOptions? options = null, CancellationToken ct = default) =>
        StoreAsync(() => Chat.EnqueueSendAsync(caller, conversation, body, options, ct), ct);

    public Task<SendReceipt> EditAsync(
        ConversationId conversation, long sequence, EditMessage command, CancellationToken ct = default) =>
        StoreAsync(() => Rights.Amendments.EnqueueEditAsync(caller, conversation, sequence, command, ct), ct);

    public Task<SendReceipt> DeleteAsync(
        ConversationId conversation, long sequence, DeleteMessage? command = null, CancellationToken ct = default) =>
        StoreAsync(() => Rights.Amendments.EnqueueDeleteAsync(caller, conversation, sequence, command, ct), ct);

    public Task<ReactionReceipt> SetReactionsAsync(
        ConversationId conversation, long sequence, IReadOnlyList<string> keys, CancellationToken ct = default) =>
        RunAsync(async () =>
            await await Rights.Reacting.EnqueueAsync(caller, conversation, sequence, keys, null, ct), ct);

    public Task<SendReceipt> SetPinnedAsync(
        ConversationId conversation, long sequence, bool isPinned = true, CancellationToken ct = default) =>
        RunAsync(async () =>
            (await Rights.Pinning.SetAsync(caller, conversation, sequence, isPinned, ct)).ToReceipt(), ct);

    public Task AddAsync(ConversationId conversation, IReadOnlyList<UserId> users, CancellationToken ct = default) =>
        RunAsync(() => Rights.Membership.AddAsync(caller, conversation, users, ct), ct);

    public Task RemoveAsync(ConversationId conversation, UserId user, CancellationToken ct = default) =>
        RunAsync(() => Rights.Membership.RemoveAsync(caller, conversation, user, ct), ct);

    public Task SetRoleAsync(ConversationId conversation, SetRole command, CancellationToken ct = default) =>
        RunAsync(() => Rights.Roles.SetAsync(caller, conversation, command, ct), ct);

    public Task MarkReadAsync(
        ConversationId conversation, long sequence, long? thread = null, CancellationToken ct = default) =>
        RunAsync(async () =>
            await await Chat.EnqueueMarkReadAsync(caller, conversation, sequence, thread, ct), ct);

    public Task MarkUnreadAsync(
        ConversationId conversation, long sequence, long? thread = null, CancellationToken ct = default) =>
        RunAsync(() => Chat.MarkUnreadAsync(caller, conversation, sequence, thread, ct), ct);

    public Task SetMutedAsync(ConversationId conversation, bool isMuted = true, CancellationToken ct = default) =>
        RunAsync(() => Chat.SetMutedAsync(caller, conversation, isMuted, ct), ct);

    public Task FollowAsync(
        ConversationId conversation, long thread, bool isFollowing = true, CancellationToken ct = default) =>
        RunAsync(() => Chat.Threads.FollowAsync(caller, conversation, thread, isFollowing, ct), ct);

    public Task BlockAsync(UserId other, bool isBlocked = true, CancellationToken ct = default) =>
        RunAsync(() => isBlocked
            ? calls.Blocks.BlockAsync(caller, other, ct)
            : calls.Blocks.UnblockAsync(caller, other, ct), ct);

    public Task ReportAsync(ConversationId conversation, ReportContent content, CancellationToken ct = default) =>
        RunAsync(() => calls.Reports.Reporting.ReportAsync(caller, conversation, content, ct), ct);

    public Task CloseReportAsync(long report, ReportOutcome outcome, CancellationToken ct = default) =>
        RunAsync(() => calls.Reports.Queue.CloseAsync(caller, report, outcome, ct), ct);

    private Task<SendReceipt> StoreAsync(Func<ValueTask<Task<Appended>>> enqueue, CancellationToken ct) =>
        RunAsync(async () => (await await enqueue()).ToReceipt(), ct);

    private Task RunAsync(Func<Task> call, CancellationToken ct) => RunAsync(async () =>
    {
        await call();
        return true;
    }, ct);

    /// <summary>Transports look at a caller when a request comes; this is the request.</summary>
    private Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken ct) => Refusals.TranslateAsync(async () =>
        await calls.Admission.CheckAsync(caller, ct) is { } refusal ? throw new ChatException(refusal) : await call());
}
