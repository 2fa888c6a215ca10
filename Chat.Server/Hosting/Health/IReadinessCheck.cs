namespace Chat.Server.Hosting.Health;

/// <summary>One thing that must hold for this instance to be sent traffic.</summary>
internal interface IReadinessCheck
{
    /// <summary>Its name in the answer of <c>/health/ready</c>.</summary>
    string Name { get; }

    /// <summary>True: what is wrong is said, and the instance is ready all the same.</summary>
    bool Degrades => false;

    /// <returns>Null when all is well, else what is wrong in a few words that strangers may read. An exception counts
    /// as failing.</returns>
    ValueTask<string?> CheckAsync(CancellationToken ct);
}
