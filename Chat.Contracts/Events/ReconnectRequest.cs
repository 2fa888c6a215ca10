namespace Chat.Contracts.Events;

/// <summary>The server is about to stop and asks the client to connect again, to another instance. Nothing is lost:
/// resume with the last sequences seen.</summary>
/// <param name="WithinMilliseconds">The longest time that this connection stays open.</param>
public sealed record ReconnectRequest(int WithinMilliseconds);
