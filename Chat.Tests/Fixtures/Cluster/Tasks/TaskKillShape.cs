namespace Chat.Tests.Fixtures.Cluster.Tasks;

/// <summary>How much is sent, and how often an instance is killed meanwhile.</summary>
internal sealed record TaskKillShape
{
    public int Messages { get; init; } = 1_500;

    public int Kills { get; init; } = 5;

    public int Senders { get; init; } = 16;

    public int Conversations { get; init; } = 8;

    /// <summary>The cluster that it needs: the database is all that the instances have in common, and a dead one's
    /// tasks are soon taken from it.</summary>
    public static ClusterOptions Cluster => new()
    {
        Instances = 3, Redis = false,
        Environment = [("Chat__Tasks__LeaseSeconds", "2"), ("Chat__Tasks__RetryMilliseconds", "200")]
    };
}

/// <summary>What came of it.</summary>
internal sealed record TaskKillResult
{
    public required int Accepted { get; init; }

    /// <summary>Requests, those that were not answered included.</summary>
    public required int Attempts { get; init; }

    /// <summary>Accepted, and not in the log.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>In the log more than once.</summary>
    public required IReadOnlyList<string> Repeated { get; init; }

    /// <summary>Tasks that were given up.</summary>
    public required int Archived { get; init; }

    /// <summary>Tasks that were begun more than once.</summary>
    public required int RunAgain { get; init; }

    public required double Seconds { get; init; }

    /// <summary>From the last accepted message until no task was left.</summary>
    public required double LevelSeconds { get; init; }

    public bool IsProved => Lost.Count == 0 && Repeated.Count == 0 && Archived == 0;
}
