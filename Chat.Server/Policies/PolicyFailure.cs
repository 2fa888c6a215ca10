namespace Chat.Server.Policies;

/// <summary>What becomes of an act when a policy fails: it throws, takes too long, or gives a verdict that cannot be
/// used.</summary>
public enum PolicyFailure
{
    /// <summary>Nothing is stored. The client hears <c>internal_error</c>, and may try again.</summary>
    Refuse,

    /// <summary>The act goes on as if the policy had allowed it.</summary>
    Allow,
}
