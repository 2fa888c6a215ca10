using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Core.Conversations;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence.Entries;
using Chat.Server.Rights.Store;

namespace Chat.Server.Rights;

/// <summary>Does what only some may do: reads who is what, checks it, and appends an entry that is stored only while
/// nothing of that has changed. Where it has, all of it is done again.</summary>
internal sealed class RightsLog(
    RightsStore store, MessageLog log, AccessCache access, IAuditLog audit, TimeProvider time)
{
    private const int Attempts = 5;

    /// <summary>Reads what the caller and others are in a conversation that the caller may see.</summary>
    /// <exception cref="ChatException">The caller may not see it.</exception>
    public async Task<(ConversationRoles Roles, Actor Actor)> FindAsync(
        Caller caller, ConversationId conversation, IReadOnlyCollection<UserId> others, CancellationToken ct)
    {
        if (!access.MayExist(conversation)) throw ChatException.Forbidden();
        var roles = await store.FindAsync(conversation, caller.Tenant, [caller.Id, .. others], ct)
            ?? throw ChatException.Forbidden();
        var actor = Actor.Of(caller, roles);
        return actor.MaySee ? (roles, actor) : throw actor.Refusal();
    }

    /// <summary>Appends what <paramref name="decide"/> says.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="others">Whom it concerns.</param>
    /// <param name="decide">Checks whether the caller may, and says what to append; null: nothing is to be
    /// done.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task AppendAsync(
        Caller caller, ConversationId conversation, IReadOnlyCollection<UserId> others,
        Func<ConversationRoles, Actor, ValueTask<RightsChange?>> decide, CancellationToken ct)
    {
        var done = await await RetryAsync(async () =>
        {
            var (roles, actor) = await FindAsync(caller, conversation, others, ct);
            return StoreAsync(roles, await decide(roles, actor));
        });
        if (done is not null && RightsAudit.Find(caller, conversation, done) is { } entry) audit.Note(entry);

        async Task<RightsChange?> StoreAsync(ConversationRoles roles, RightsChange? change)
        {
            if (change is not null) await await log.EnqueueAsync(ToDraft(caller, conversation, roles, change), ct);
            return change;
        }
    }

    /// <summary>For an entry that is stored only while nobody's right is changed: where one was changed since it was
    /// read, all of it is done again.</summary>
    /// <param name="enqueue">Reads the rights, checks them, and appends. Its inner task ends when that is
    /// stored.</param>
    /// <returns>First stage: the first attempt was enqueued. Second stage: one of them is stored.</returns>
    public static async Task<Task<T>> RetryAsync<T>(Func<Task<Task<T>>> enqueue)
    {
        return FinishAsync(await enqueue());

        async Task<T> FinishAsync(Task<T> stored)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await stored;
                }
                catch (ChatException e) when (
                    e is { Code: ChatErrorCode.Forbidden, IsFinal: false } && attempt < Attempts)
                {
                    // Somebody's right was changed since it was read.
                }
                stored = await enqueue();
            }
        }
    }

    private Draft ToDraft(Caller caller, ConversationId conversation, ConversationRoles roles, RightsChange change)
    {
        var now = time.GetUtcNow();
        // Of a conversation with nobody left to own it there is no next entry.
        var next = change.Successor is { } owner
            ? new Draft(MessageId.New(now), conversation, caller.Id,
                EntryContent.RoleChanged(owner, ParticipantRole.Owner))
            : null;
        return new Draft(MessageId.New(now), conversation, caller.Id, change.Content)
        {
            By = caller, RightsAsOf = roles.Head, Terms = change.Terms, LiftsBans = change.LiftsBans, Next = next,
            NeedsLevel = change.NeedsLevel,
        };
    }
}
