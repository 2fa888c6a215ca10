using System.Text.Json;

namespace Chat.Server.Transports.SignalR;

/// <summary>A call with its one argument.</summary>
internal readonly record struct HubSignalCall(JsonEncodedText EncodedTarget, object Argument)
{
    public string Target => EncodedTarget.Value;
}
