using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core;

/// <summary>Where the application has no say.</summary>
internal sealed class NoPolicies : IPolicies
{
    public ValueTask<Judged> JudgeAsync(Draft draft, CancellationToken ct) => new(new Judged(draft));
}
