using Chat.Server.Policies;

namespace Chat.Tests.Unit.Policies;

/// <summary>A policy that does what a test says.</summary>
internal sealed class Policy(Func<ChatAct, CancellationToken, ValueTask<ChatVerdict>> decide) : IChatPolicy
{
    public Policy(Func<ChatAct, ChatVerdict> decide) : this((act, _) => new(decide(act)))
    {
    }

    public int Asked { get; private set; }

    public ValueTask<ChatVerdict> DecideAsync(ChatAct act, CancellationToken ct)
    {
        Asked++;
        return decide(act, ct);
    }
}
