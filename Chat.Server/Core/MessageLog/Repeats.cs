using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>What was stored before under the same dedupe key is answered with its receipt, whatever has happened since:
/// its sender may write no longer, a policy refuses it, the time for edits is over, what it refers to is
/// gone.</summary>
/// <remarks>The commit looks for the key behind the lock. Here it is looked for after what is refused before that, so a
/// refusal costs a query where there is a key, and all else none.</remarks>
internal sealed class Repeats(ReferenceStore store)
{
    /// <summary>Does it; where that is refused, answers with what was stored before by the same act.</summary>
    /// <param name="caller">Whose act it is.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="content">What is to be stored.</param>
    /// <param name="enqueue">First and second stage of storing it.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async ValueTask<Task<Appended>> TryAsync(
        Caller caller, ConversationId conversation, EntryContent content, Func<ValueTask<Task<Appended>>> enqueue,
        CancellationToken ct)
    {
        try
        {
            return content.DedupeKey is null
                ? await enqueue()
                : FinishAsync(caller, conversation, content, await enqueue());
        }
        catch (ChatException e) when (MayBeRepeat(content, e))
        {
            if (await FindAsync(caller, conversation, content, ct) is { } first) return Task.FromResult(first);
            throw;
        }
    }

    /// <summary>The same for the second stage.</summary>
    public async Task<Appended> FinishAsync(
        Caller caller, ConversationId conversation, EntryContent content, Task<Appended> stored)
    {
        try
        {
            return await stored;
        }
        catch (ChatException e) when (MayBeRepeat(content, e))
        {
            if (await FindAsync(caller, conversation, content, CancellationToken.None) is { } first) return first;
            throw;
        }
    }

    /// <summary>Tells how a task has ended.</summary>
    public static async Task TellAsync(IAppendEnd end, Draft draft, Task<Appended> stored)
    {
        try
        {
            end.Stored(await stored);
        }
        catch (Exception e)
        {
            end.Refused(Refusal.Of(e) ?? ChatException.Internal(BatchCommit.NotKnown, e), draft.Content.DedupeKey);
        }
    }

    /// <summary>The receipt of what was stored before; null: nothing.</summary>
    public async Task<Appended?> FindAsync(
        Caller caller, ConversationId conversation, EntryContent content, CancellationToken ct)
    {
        var draft = new Draft(default, conversation, caller.Id, content) { By = caller };
        return await store.FindRepeatAsync(draft, ct) is { } first
            ? new Appended(draft.ToEntry(first), Duplicate: true)
            : null;
    }

    /// <summary>Whether what is refused may have been stored before. Who is not let in at all is told nothing, and
    /// where the reason may pass the client asks again.</summary>
    public static bool MayBeRepeat(in EntryContent content, ChatException refusal) =>
        content.DedupeKey is not null && refusal.Code is (ChatErrorCode.Forbidden or ChatErrorCode.Banned
            or ChatErrorCode.ReadOnly or ChatErrorCode.BadRequest or ChatErrorCode.Gone or ChatErrorCode.Conflict);
}
