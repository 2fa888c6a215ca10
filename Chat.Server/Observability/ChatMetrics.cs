using System.Diagnostics.Metrics;
using Chat.Contracts.Errors;

namespace Chat.Server.Observability;

/// <summary>Everything this server counts. No identifier is ever a tag, and no call allocates.</summary>
/// <remarks>What goes up and down is counted here and observed, so that a listener that comes late sees the
/// truth.</remarks>
internal sealed class ChatMetrics
{
    public const string MeterName = "Chat.Server";

    private static readonly ChatErrorCode[] Codes =
        [.. Enum.GetValues<ChatErrorCode>().Where(code => code != ChatErrorCode.Unknown)];
    private static readonly KeyValuePair<string, object?>[] CodeTags =
        Codes.Select(code => new KeyValuePair<string, object?>("code", code.ToWire())).ToArray();
    private static readonly KeyValuePair<string, object?> In = new("direction", "in"), Out = new("direction", "out");
    private static readonly string[] TransportNames = ["signalr", "websocket", "long_poll"];

    private readonly Counter<long> _committed;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _logReads;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _slowClosed;
    private readonly Counter<long> _operatorRefusals;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _generations;
    private readonly Counter<long> _presenceChanges;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<double> _deliveryLagSeconds;
    private readonly Counter<long> _backplanePublished;
    private readonly Counter<long> _backplaneReceived;
    private readonly Counter<long> _backplaneDropped;
    private readonly Counter<long> _backplaneFailures;
    private readonly Counter<long> _backplaneForeign;
    private readonly Histogram<double> _backplaneProbeSeconds;
    private readonly long[] _connections = new long[TransportNames.Length];
    private long _readers;
    private long _feeds;
    private long _backplaneChannels;
    private KeyValuePair<string, object?>[] _backplaneNodeTags = [];
    private long[] _backplaneNodesUp = [];
    private long _online;
    private long _instances = 1;
    private long _draining;
    private long _appendLanes = 1;

    public ChatMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _committed = meter.CreateCounter<long>("chat.entries.committed", "{entry}", "Entries stored durably");
        _duplicates = meter.CreateCounter<long>("chat.entries.duplicate", "{entry}",
            "Sends with a known dedupe key, answered with the first entry");
        _delivered = meter.CreateCounter<long>("chat.entries.delivered", "{entry}", "Entries written to readers");
        _signals = meter.CreateCounter<long>("chat.signals.delivered", "{signal}",
            "Signals written to readers: typing, read positions, presence");
        _logReads = meter.CreateCounter<long>("chat.log.reads", "{page}",
            "Pages read from the store because the feed did not reach back");
        _refusals = meter.CreateCounter<long>("chat.refusals", "{request}", "Requests refused, by error code");
        _slowClosed = meter.CreateCounter<long>("chat.readers.slow_closed", "{reader}",
            "Readers closed because they accepted no data for too long");
        _operatorRefusals = meter.CreateCounter<long>("chat.operators.refused", "{request}",
            "Wrong operators' keys, and keys refused unread because they came too fast");
        _gaps = meter.CreateCounter<long>("chat.feed.gaps", "{gap}", "Holes in a feed that were filled from the log");
        _generations = meter.CreateCounter<long>("chat.log.generations", "{change}",
            "Times this instance noticed that the log was put back to an earlier state");
        _presenceChanges = meter.CreateCounter<long>("chat.presence.changes", "{change}",
            "Users that came or went, on all instances together");
        _batchSize = meter.CreateHistogram(
            "chat.commit.batch_size", "{entry}", "Entries in one commit", null, HistogramBounds.Sizes);
        _commitSeconds = meter.CreateHistogram(
            "chat.commit.duration", "s", "Time of one commit", null, HistogramBounds.Seconds);
        meter.CreateObservableGauge("chat.append.lanes", () => Interlocked.Read(ref _appendLanes), "{lane}",
            "Loops that commit now");
        _deliveryLagSeconds = meter.CreateHistogram(
            "chat.delivery.lag", "s", "From commit to the start of the round that shows it to readers",
            null, HistogramBounds.Seconds);
        meter.CreateObservableUpDownCounter("chat.readers", () => Interlocked.Read(ref _readers), "{reader}",
            "Readers of feeds now");
        meter.CreateObservableUpDownCounter("chat.feeds", () => Interlocked.Read(ref _feeds), "{feed}",
            "Feeds in memory now");
        meter.CreateObservableGauge("chat.presence.online_users", () => Interlocked.Read(ref _online), "{user}",
            "Users online on any instance, as this one knows it");
        meter.CreateObservableGauge("chat.presence.instances", () => Interlocked.Read(ref _instances), "{instance}",
            "Instances that this one knows, itself included");
        meter.CreateObservableGauge("chat.draining", () => Interlocked.Read(ref _draining), null,
            "1 while this instance asks its connections to go, before it stops");
        meter.CreateObservableUpDownCounter("chat.connections", ObserveConnections, "{connection}",
            "Open connections and polls now, by transport");
        _backplanePublished = meter.CreateCounter<long>("chat.backplane.published", "{message}",
            "Messages sent to other instances");
        _backplaneReceived = meter.CreateCounter<long>("chat.backplane.received", "{message}",
            "Messages received from other instances");
        _backplaneDropped = meter.CreateCounter<long>("chat.backplane.dropped", "{message}",
            "Messages between instances dropped because a queue was full, by direction");
        _backplaneFailures = meter.CreateCounter<long>("chat.backplane.publish_failures", "{message}",
            "Messages to other instances that could not be sent");
        _backplaneForeign = meter.CreateCounter<long>("chat.backplane.foreign", "{message}",
            "Messages of other deployments received over Redis and dropped");
        _backplaneProbeSeconds = meter.CreateHistogram(
            "chat.backplane.probe.duration", "s", "Round trip of a message that an instance sends to itself",
            null, HistogramBounds.Seconds);
        meter.CreateObservableUpDownCounter("chat.backplane.channels", () => Interlocked.Read(ref _backplaneChannels),
            "{channel}", "Channels subscribed to now");
        meter.CreateObservableGauge("chat.backplane.up", ObserveBackplane, "{node}",
            "1 while Redis carries messages, else 0");
    }

    /// <summary>One commit: how many entries it stored, how many were known already, how long it took.</summary>
    public void Committed(int stored, int duplicates, TimeSpan took)
    {
        if (stored > 0) Add(_committed, stored);
        if (duplicates > 0) Add(_duplicates, duplicates);
        if (_batchSize.Enabled) _batchSize.Record(stored + duplicates);
        if (_commitSeconds.Enabled) _commitSeconds.Record(took.TotalSeconds);
    }

    /// <summary>So many loops commit from now on.</summary>
    public void AppendLanes(int count) => Interlocked.Exchange(ref _appendLanes, count);

    /// <summary>Entries that one write carried to one reader.</summary>
    public void Delivered(int entries) => Add(_delivered, entries);

    /// <summary>Signals that one write carried to one reader.</summary>
    public void SignalsDelivered(int signals) => Add(_signals, signals);

    public void DeliveryLag(TimeSpan lag)
    {
        if (_deliveryLagSeconds.Enabled) _deliveryLagSeconds.Record(lag.TotalSeconds);
    }

    /// <summary>A wrong key of the operators', or one that came too fast to be looked at.</summary>
    public void OperatorRefused() => Add(_operatorRefusals, 1);

    /// <summary>A page read from the store for a reader.</summary>
    public void LogRead() => Add(_logReads, 1);

    public void Refused(ChatErrorCode code)
    {
        if (!_refusals.Enabled) return;
        var at = Array.IndexOf(Codes, code);
        _refusals.Add(1, CodeTags[at < 0 ? Array.IndexOf(Codes, ChatErrorCode.InternalError) : at]);
    }

    public void ReaderClosedAsSlow() => Add(_slowClosed, 1);

    public void FeedGap() => Add(_gaps, 1);

    /// <summary>The log was put back to an earlier state.</summary>
    public void GenerationChanged() => Add(_generations, 1);

    /// <summary>A user came or went; so many are online now.</summary>
    public void PresenceChanged(int online)
    {
        Interlocked.Exchange(ref _online, online);
        Add(_presenceChanges, 1);
    }

    /// <summary>How many instances are known now, this one included.</summary>
    public void PresenceInstances(int count) => Interlocked.Exchange(ref _instances, count);

    public void ReaderOpened() => Interlocked.Increment(ref _readers);

    public void ReaderClosed() => Interlocked.Decrement(ref _readers);

    public void FeedOpened() => Interlocked.Increment(ref _feeds);

    public void FeedClosed() => Interlocked.Decrement(ref _feeds);

    /// <summary>This instance is on its way out; there is no way back.</summary>
    public void DrainBegun() => Interlocked.Exchange(ref _draining, 1);

    public void ConnectionOpened(ChatTransport transport) => Interlocked.Increment(ref _connections[(int)transport]);

    public void ConnectionClosed(ChatTransport transport) => Interlocked.Decrement(ref _connections[(int)transport]);

    public void BackplanePublished() => Add(_backplanePublished, 1);

    public void BackplaneReceived() => Add(_backplaneReceived, 1);

    public void BackplaneDropped(bool outgoing)
    {
        if (_backplaneDropped.Enabled) _backplaneDropped.Add(1, outgoing ? Out : In);
    }

    /// <summary>A message of strangers was dropped.</summary>
    public void BackplaneForeign() => Add(_backplaneForeign, 1);

    public void BackplanePublishFailed() => Add(_backplaneFailures, 1);

    public void BackplaneProbe(TimeSpan roundTrip)
    {
        if (_backplaneProbeSeconds.Enabled) _backplaneProbeSeconds.Record(roundTrip.TotalSeconds);
    }

    public void BackplaneChannelOpened() => Interlocked.Increment(ref _backplaneChannels);

    public void BackplaneChannelClosed() => Interlocked.Decrement(ref _backplaneChannels);

    /// <summary>How many nodes the backplane has; none is up yet.</summary>
    public void BackplaneNodes(int count)
    {
        _backplaneNodeTags = [.. Enumerable.Range(0, count).Select(i => new KeyValuePair<string, object?>("node", i))];
        _backplaneNodesUp = new long[count];
    }

    public void BackplaneNode(int index, bool up) => Volatile.Write(ref _backplaneNodesUp[index], up ? 1 : 0);

    private static void Add(Counter<long> counter, long count)
    {
        if (counter.Enabled) counter.Add(count);
    }

    private IEnumerable<Measurement<long>> ObserveConnections()
    {
        for (var i = 0; i < TransportNames.Length; i++)
            yield return new Measurement<long>(Interlocked.Read(ref _connections[i]),
                new KeyValuePair<string, object?>("transport", TransportNames[i]));
    }

    private IEnumerable<Measurement<long>> ObserveBackplane()
    {
        for (var i = 0; i < _backplaneNodesUp.Length; i++)
            yield return new Measurement<long>(Volatile.Read(ref _backplaneNodesUp[i]), _backplaneNodeTags[i]);
    }
}
