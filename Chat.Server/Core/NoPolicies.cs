using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core;

/// <summary>Where the application has no say.</summary>
internal sealed class NoPolicies : IPolicies
{
    public TimeSpan Budget => TimeSpan.Zero;

    public ValueTask<Draft> JudgeAsync(Draft draft, CancellationToken ct) => new(draft);
}
