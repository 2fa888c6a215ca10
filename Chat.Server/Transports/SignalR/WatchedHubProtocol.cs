using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Chat.Server.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>The protocol of one connection: as the one that all share, and it sees all that comes in, and how much of a
/// message has come.</summary>
/// <remarks>Whatever the transport, SignalR hands over what it has until a message is taken from it. What is left then
/// is the beginning of the next. A message of an unknown type is skipped, as SignalR's protocol wants it.</remarks>
internal sealed class WatchedHubProtocol(IHubProtocol shared) : IHubProtocol
{
    private bool _hasClosed; // SignalR writes one message at a time

    /// <summary>Told of what has come. Null until the connection is open: until then SignalR's bound for the handshake
    /// holds.</summary>
    public HubConnection? Connection { get; set; }

    private UnfinishedMessage? Inbound => Connection?.Inbound;

    /// <summary>Counts what has come. Null until the connection is open: until then nothing is read but the
    /// handshake.</summary>
    public HubIntake? Intake { get; set; }

    public string Name => shared.Name;

    public int Version => shared.Version;

    public TransferFormat TransferFormat => shared.TransferFormat;

    public bool IsVersionSupported(int version) => shared.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (Outgoing(message) is { } written) shared.WriteMessage(written, output);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) =>
        Outgoing(message) is { } written ? shared.GetMessageBytes(written) : default;

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        while (true)
        {
            var before = input.Length;
            if (!shared.TryParseMessage(ref input, binder, out message))
            {
                if (input.Length == before) break;
                // A message of an unknown type was taken from the input. A Ping stands for it: SignalR does nothing for
                // that. If there were no message, it would keep the bytes and hand them over again.
                Intake?.TakeUnknown();
                message = PingMessage.Instance;
            }
            Inbound?.Complete();
            if (message is AckMessage) Connection?.Acknowledge();
            if (Intake is not null) message = Intake.Take(message, (int)(before - input.Length));
            if (message is not null) return true;
        }
        if (input.IsEmpty) Inbound?.Complete();
        else Inbound?.Hold(input.Length);
        message = null;
        return false;
    }

    /// <summary>The first Close is the last: null is for one behind it.</summary>
    /// <remarks>SignalR writes one without a reason for each connection that is cut, also behind ours. A stock client
    /// that reads it stays away, even where both come at once and ours asked it to come back.</remarks>
    private HubMessage? Outgoing(HubMessage message)
    {
        if (message is not CloseMessage close) return message;
        if (_hasClosed) return null;
        _hasClosed = true;
        return close is { Error: null, AllowReconnect: false } ? new CloseMessage(error: null, allowReconnect: true)
            : close;
    }
}
