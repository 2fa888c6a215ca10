namespace Chat.Server.Observers.Admin;

/// <param name="Now">The server's time, to count from.</param>
/// <param name="Refused">The oldest messages that were refused for good, of each outbox.</param>
internal sealed record OutboxesBody(DateTimeOffset Now, List<RefusedBody> Refused);
