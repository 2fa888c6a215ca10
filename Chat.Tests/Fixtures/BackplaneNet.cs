using Chat.Server.FanOut.Backplane;

namespace Chat.Tests.Fixtures;

/// <summary>Instances of one test that share a backplane.</summary>
internal abstract class BackplaneNet : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _members = [];

    /// <summary>A new instance of a deployment, connected.</summary>
    public abstract Task<BackplaneMember> JoinAsync(string deployment = "chat");

    /// <summary>Ends when the member's channel is unsubscribed wherever the messages come from.</summary>
    public abstract Task UnsubscribedAsync(BackplaneMember member, BackplaneChannel channel);

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var member in _members) await member.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);
    }

    protected BackplaneMember Add<T>(T backplane)
        where T : IBackplane, IAsyncDisposable
    {
        _members.Add(backplane);
        return new BackplaneMember(backplane);
    }
}
