namespace Chat.Server.Hosting.Health;

/// <summary>One thing that must hold for this instance to be sent traffic.</summary>
internal interface IReadinessCheck
{
    /// <summary>Its name in the answer of <c>/health/ready</c>.</summary>
    string Name { get; }

    /// <summary>True: the problem is reported, but the instance is still ready.</summary>
    bool Degrades => false;

    /// <returns>Null when all is well, else a short, public description of the problem. An exception counts as
    /// failing.</returns>
    ValueTask<string?> CheckAsync(CancellationToken ct);
}
