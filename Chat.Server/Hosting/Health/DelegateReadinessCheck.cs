namespace Chat.Server.Hosting.Health;

internal sealed class DelegateReadinessCheck(
    string name, bool degrades, Func<CancellationToken, ValueTask<string?>> check) : IReadinessCheck
{
    public string Name { get; } = name;

    public bool Degrades { get; } = degrades;

    public ValueTask<string?> CheckAsync(CancellationToken ct) => check(ct);
}
