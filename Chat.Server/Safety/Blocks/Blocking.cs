using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Safety.Store;

namespace Chat.Server.Safety.Blocks;

/// <summary>What users do about others whom they want nothing to do with. Nobody is told of it.</summary>
internal sealed class Blocking(BlockStore store, BlockChanges changes)
{
    /// <summary>From the answer on neither may write to the other directly, add the other, or sees the other type or
    /// come and go. Again: nothing changes.</summary>
    /// <exception cref="ChatException">It is the caller, or one too many.</exception>
    /// <exception cref="Persistence.StoreException">It is not stored, or that is not known.</exception>
    public async Task BlockAsync(Caller caller, UserId user, CancellationToken ct)
    {
        ChatException.ThrowIf(BlockRules.Check(caller.Id, user));
        var (isDone, direct) = await store.SetAsync(caller.User, user, blocks: true, ct);
        if (!isDone) throw new ChatException(BlockRules.TooMany());
        changes.Note(caller.User, user, direct);
    }

    /// <summary>Ends that, as far as the caller wanted it. One who is not blocked: nothing changes.</summary>
    /// <exception cref="Persistence.StoreException">It is not stored, or that is not known.</exception>
    public async Task UnblockAsync(Caller caller, UserId user, CancellationToken ct)
    {
        ChatException.ThrowIf(BlockRules.Check(caller.Id, user));
        var (_, direct) = await store.SetAsync(caller.User, user, blocks: false, ct);
        changes.Note(caller.User, user, direct);
    }

    /// <summary>Whom the caller has blocked, in the order of their ids. Who has blocked the caller is not
    /// said.</summary>
    public async Task<IReadOnlyList<UserId>> ListAsync(Caller caller, CancellationToken ct) =>
        await store.ListAsync(caller.User, ct);
}
