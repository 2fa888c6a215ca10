namespace Chat.Server.Policies;

/// <summary>How long a policy may take, and what follows when it fails.</summary>
public sealed class ChatPolicyOptions
{
    /// <summary>The least time: 10 ms.</summary>
    public static readonly TimeSpan MinBudget = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest time: 5 s. Pings are not answered while a connection waits for a policy.</summary>
    public static readonly TimeSpan MaxBudget = TimeSpan.FromSeconds(5);

    /// <summary>How long one decision may take. Default 500 ms; from <see cref="MinBudget"/> to
    /// <see cref="MaxBudget"/>.</summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What follows when it fails. Default: the act is refused.</summary>
    public PolicyFailure OnFailure { get; set; } = PolicyFailure.Refuse;
}
