namespace Chat.Tests.Fixtures.Cluster;

/// <summary>What a cluster is made of.</summary>
internal sealed record ClusterOptions
{
    public int Instances { get; init; } = 2;

    /// <summary>False: the instances have nothing in common but the database.</summary>
    public bool Redis { get; init; } = true;

    /// <summary>PostgreSQL writes to the disk before it says so. Slower to start.</summary>
    public bool Durable { get; init; }

    /// <summary>The folder of a published server; null: the one that was built with this program.</summary>
    public string? ServerFolder { get; init; }

    /// <summary>Further environment of every instance.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];
}
