namespace Chat.Tests.Fixtures.Cluster.Revoking;

/// <summary>What fails in a round.</summary>
[Flags]
internal enum RoundFault
{
    None = 0,

    /// <summary>No instance reaches Redis.</summary>
    Redis = 1,

    /// <summary>The first instance does nothing for a while.</summary>
    Stopped = 2,

    /// <summary>The first instance does not reach PostgreSQL, and is not told.</summary>
    CutOff = 4,
}
