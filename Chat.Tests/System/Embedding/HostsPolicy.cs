using Chat.Server.Policies;

namespace Chat.Tests.Embedding;

/// <summary>A policy of an application, made of a service of the application.</summary>
internal sealed class HostsPolicy(HostsWords words) : IChatPolicy
{
    private int _asked;

    public int Asked => Volatile.Read(ref _asked);

    public ValueTask<ChatVerdict> DecideAsync(ChatAct act, CancellationToken ct)
    {
        Interlocked.Increment(ref _asked);
        var isSecret = act.As<SendDraft>()?.Body?.Contains("secret", StringComparison.Ordinal) == true;
        return ValueTask.FromResult(isSecret ? ChatVerdict.Refuse(words.Refusal) : ChatVerdict.Allow);
    }
}
