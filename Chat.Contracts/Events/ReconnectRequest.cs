namespace Chat.Contracts.Events;

/// <summary>The server asks the client to connect again, elsewhere: it is about to stop. Nothing is lost; resume with
/// the last sequences seen.</summary>
/// <param name="WithinMilliseconds">How long this connection stays open at most.</param>
public sealed record ReconnectRequest(int WithinMilliseconds);
