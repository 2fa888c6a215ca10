using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Link;

/// <summary>The time between a connect and the loss of that connection. Nothing joined in one session is joined in the
/// next.</summary>
/// <param name="Number">1, 2, 3 … over the life of the client.</param>
/// <param name="Hub">The server's methods, while the session lasts; afterwards they throw
/// <see cref="ChatDisconnectedException"/>.</param>
/// <param name="Ended">Cancelled when the connection is lost.</param>
internal sealed record LinkSession(long Number, IChatHub Hub, CancellationToken Ended);
