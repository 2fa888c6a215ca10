namespace Chat.Server.Transports.Framing;

/// <summary>Says of an endpoint that its WebSockets are written to by our writers too.</summary>
/// <param name="LeaveOpen">See <see cref="SharedWriteStream.LeaveOpen"/>.</param>
internal sealed record SharedStreamEndpoint(bool LeaveOpen);
