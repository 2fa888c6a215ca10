using Chat.Server.FanOut.Backplane.Redis;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Instances of one test that reach Redis by what an operator would write.</summary>
internal sealed class RedisMembers : IAsyncDisposable
{
    private readonly List<RedisBackplane> _backplanes = [];
    private readonly List<IDisposable> _metrics = [];

    /// <summary>A new instance that may not be connected yet.</summary>
    public BackplaneMember JoinLater(string redis, string? caFile = null)
    {
        var (backplane, metrics) = RedisBackplanes.Make(redis, caFile: caFile);
        _backplanes.Add(backplane);
        _metrics.Add(metrics);
        return new BackplaneMember(backplane);
    }

    /// <summary>A new instance, connected.</summary>
    public async Task<BackplaneMember> JoinAsync(string redis, string? caFile = null)
    {
        var member = JoinLater(redis, caFile);
        do await member.RecoveredAsync();
        while (member.Backplane.Problem is not null);
        return member;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var backplane in _backplanes)
        {
            await backplane.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);
            await backplane.Connection.DisposeAsync();
        }
        foreach (var metrics in _metrics) metrics.Dispose();
    }
}
