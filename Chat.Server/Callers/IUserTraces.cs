namespace Chat.Server.Callers;

/// <summary>Keeps what a user wrote outside conversations, or is called.</summary>
internal interface IUserTraces
{
    /// <summary>Forgets it, for good. May be done again.</summary>
    Task ForgetAsync(UserKey user, CancellationToken ct);
}
