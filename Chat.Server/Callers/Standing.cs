using Chat.Contracts.Errors;

namespace Chat.Server.Callers;

/// <summary>Whether a connection may still be here, and why not: one read, before everything that is shown to it or
/// done for it.</summary>
internal sealed class Standing
{
    private const int Here = -1;

    private int _because = Here;

    public bool HasEnded => Volatile.Read(ref _because) != Here;

    /// <summary>Null while it may be here.</summary>
    public ChatErrorCode? EndedBecause =>
        Volatile.Read(ref _because) is var because and not Here ? (ChatErrorCode)because : null;

    /// <summary>From now on it may not; false when that was so already.</summary>
    public bool TryEnd(ChatErrorCode because) =>
        Interlocked.CompareExchange(ref _because, (int)because, Here) == Here;
}
