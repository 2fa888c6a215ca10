using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Chat.ClientSdk;

/// <summary>What the SDK measures and traces. To see it, add <see cref="SourceName"/> as a source and
/// <see cref="MeterName"/> as a meter to OpenTelemetry.</summary>
/// <remarks>It contains no message text, no tokens and no identifiers.</remarks>
public sealed class ChatClientTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/>: a span for every send and every call.</summary>
    public const string SourceName = "Chat.ClientSdk";

    /// <summary>The name of the <see cref="Meter"/>.</summary>
    public const string MeterName = "Chat.ClientSdk";

    private const string StateTag = "state";
    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Lazy<ChatClientTelemetry> Shared = new(() => new ChatClientTelemetry(new Meter(MeterName)));

    private readonly Counter<long> _connects;
    private readonly Counter<long> _connectFailures;
    private readonly Counter<long> _losses;
    private readonly Histogram<double> _reconnects;
    private readonly UpDownCounter<long> _clients;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _sends;
    private readonly Counter<long> _resends;
    private readonly UpDownCounter<long> _outbox;

    // OpenTelemetry's default is meant for milliseconds.
    private static readonly InstrumentAdvice<double> ReconnectBounds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
    };

    private ChatClientTelemetry(Meter meter)
    {
        _connects = meter.CreateCounter<long>("chat.client.connects", "{connection}", "Connections made.");
        _connectFailures = meter.CreateCounter<long>("chat.client.connect.failures", "{attempt}",
            "Attempts to connect that failed.");
        _losses = meter.CreateCounter<long>("chat.client.losses", "{connection}",
            "Connections lost without being asked for.");
        _reconnects = meter.CreateHistogram(
            "chat.client.reconnect.duration", "s", "From the loss of a connection to the next one.", null,
            ReconnectBounds);
        _clients = meter.CreateUpDownCounter<long>("chat.client.clients", "{client}",
            "Clients that are started, by the state of their connection.");
        _entries = meter.CreateCounter<long>("chat.client.entries", "{entry}", "Entries received from the server.");
        _sends = meter.CreateCounter<long>("chat.client.sends", "{message}", "Messages handed over for sending.");
        _resends = meter.CreateCounter<long>("chat.client.resends", "{message}",
            "Messages sent again because the answer was lost.");
        _outbox = meter.CreateUpDownCounter<long>("chat.client.outbox", "{message}",
            "Messages that wait for their receipt.");
    }

    internal static ChatClientTelemetry For(ChatClientOptions options) =>
        options.MeterFactory is { } factory ? new ChatClientTelemetry(factory.Create(MeterName)) : Shared.Value;

    /// <summary>A span for a call to the server, or null while nobody listens.</summary>
    internal static Activity? StartCall(string name) =>
        Source.StartActivity($"chat.client {name}", ActivityKind.Client);

    /// <summary>Marks the span as failed.</summary>
    internal static void Failed(Activity? activity, Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().Name);
        activity?.SetStatus(ActivityStatusCode.Error);
    }

    internal void Connected() => _connects.Add(1);

    internal void ConnectFailed() => _connectFailures.Add(1);

    internal void Lost() => _losses.Add(1);

    internal void Reconnected(TimeSpan after) => _reconnects.Record(after.TotalSeconds);

    /// <summary>Counts a client under its new state; one that is stopped is not counted.</summary>
    internal void StateChanged(ConnectionState from, ConnectionState to)
    {
        if (from == to) return;
        if (from != ConnectionState.Stopped) _clients.Add(-1, Tag(from));
        if (to != ConnectionState.Stopped) _clients.Add(1, Tag(to));
    }

    internal void EntryReceived() => _entries.Add(1);

    internal void Sent() => _sends.Add(1);

    internal void Resent() => _resends.Add(1);

    /// <summary>The outbox grew (positive) or shrank (negative) by this number of messages.</summary>
    internal void OutboxChanged(int by) => _outbox.Add(by);

    private static KeyValuePair<string, object?> Tag(ConnectionState state) => new(StateTag, state switch
    {
        ConnectionState.Connecting => "connecting",
        ConnectionState.Connected => "connected",
        ConnectionState.Reconnecting => "reconnecting",
        ConnectionState.Failed => "failed",
        _ => "stopped",
    });
}
