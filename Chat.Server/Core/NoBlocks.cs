using Chat.Server.Callers;
using Chat.Server.FanOut;

namespace Chat.Server.Core;

/// <summary>Where nobody can block anybody.</summary>
internal sealed class NoBlocks : IBlocks
{
    public Task<BlockSet> ReadAsync(UserKey user, CancellationToken ct) => Task.FromResult(BlockSet.None);

    public ValueTask PrepareAsync(ClientWriter writer, CancellationToken ct)
    {
        writer.Hidden = BlockSet.None;
        return ValueTask.CompletedTask;
    }
}
