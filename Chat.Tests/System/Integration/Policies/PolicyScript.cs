using System.Collections.Concurrent;
using Chat.Server.Policies;

namespace Chat.Tests.Integration.Policies;

/// <summary>A policy that does what a test says, and allows what it says nothing of.</summary>
internal sealed class PolicyScript : IChatPolicy
{
    public ConcurrentQueue<(ChatActKind Kind, string User, EntryDraft Draft)> Asked { get; } = [];

    public Func<ChatAct, Task<ChatVerdict>>? Decides { get; set; }

    public void Says(Func<ChatAct, ChatVerdict> decide) => Decides = act => Task.FromResult(decide(act));

    public async ValueTask<ChatVerdict> DecideAsync(ChatAct act, CancellationToken ct)
    {
        Asked.Enqueue((act.Kind, act.UserId.Value, act.Draft));
        return Decides is { } decide ? await decide(act).WaitAsync(ct) : ChatVerdict.Allow;
    }
}
