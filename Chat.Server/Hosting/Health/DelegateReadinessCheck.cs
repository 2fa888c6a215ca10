namespace Chat.Server.Hosting.Health;

internal sealed class DelegateReadinessCheck(string name, Func<CancellationToken, ValueTask<string?>> check) : IReadinessCheck
{
    public string Name { get; } = name;

    public ValueTask<string?> CheckAsync(CancellationToken ct) => check(ct);
}
