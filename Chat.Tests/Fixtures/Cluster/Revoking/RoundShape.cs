namespace Chat.Tests.Fixtures.Cluster.Revoking;

/// <summary>How much goes on while users are signed out.</summary>
internal sealed record RoundShape
{
    public int Users { get; init; } = 100;

    /// <summary>Messages of all users together.</summary>
    public double SendsPerSecond { get; init; } = 200;

    /// <summary>From the first sign-out to the last.</summary>
    public TimeSpan Over { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long it goes on behind the last moment that was named.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(1.5);
}
