using System.Net.WebSockets;
using Chat.Contracts.Errors;
using Microsoft.AspNetCore.SignalR;

namespace Chat.ClientSdk;

/// <summary>Finds the <see cref="ChatException"/> for what SignalR throws from a call.</summary>
internal static class ChatFailure
{
    // SignalR's own text when the server ended the whole connection with an error: not an answer to the call.
    private const string ConnectionEnded = "The server closed the connection with the following error:";

    /// <summary>What the server itself said of its end of the connection.</summary>
    public static string WithoutWordsOfSignalR(string text) =>
        text.StartsWith(ConnectionEnded, StringComparison.Ordinal) ? text[ConnectionEnded.Length..].Trim() : text;

    /// <summary>Null when the exception should reach the caller as it is.</summary>
    public static ChatException? FromCall(Exception exception, CancellationToken ct) => exception switch
    {
        HubException when exception.Message.StartsWith(ConnectionEnded, StringComparison.Ordinal) =>
            Disconnected(exception),
        HubException => ChatRefusedException.Of(
            ChatError.FromHubText(exception.Message) ?? new ChatError(ChatErrorCode.InternalError, exception.Message),
            exception),
        // SignalR cancels the calls of a connection that ends; only the caller's own token makes it a cancellation.
        OperationCanceledException => ct.IsCancellationRequested ? null : Disconnected(exception),
        ObjectDisposedException => null,
        // Not connected, or the pipe was completed under the call.
        InvalidOperationException => Disconnected(exception),
        ChatDisconnectedException or WebSocketException or IOException or HttpRequestException or TimeoutException =>
            Disconnected(exception),
        // A message broke off or could not be read: SignalR ends the connection with this.
        InvalidDataException => Disconnected(exception),
        _ => null,
    };

    private static ChatDisconnectedException Disconnected(Exception cause) =>
        new("There is no connection to the server, or it ended before the answer came.", cause,
            (cause as ChatDisconnectedException)?.CloseCode);
}
