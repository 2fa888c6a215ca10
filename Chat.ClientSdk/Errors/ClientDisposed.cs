using System.Diagnostics.CodeAnalysis;

namespace Chat.ClientSdk;

/// <summary>The exception that every part of a client throws once the client was disposed.</summary>
internal static class ClientDisposed
{
    private const string ClientName = "Chat.ClientSdk.ChatClient";

    public static ObjectDisposedException New() => new(ClientName);

    public static void ThrowIf([DoesNotReturnIf(true)] bool isDisposed)
    {
        if (isDisposed) throw New();
    }
}
