using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chat.ClientSdk;

namespace Chat.Tests.Fixtures;

/// <summary>Adds up what the SDK measures on one meter factory; histograms count their values.</summary>
internal sealed class RecordedMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _sums = new();

    public RecordedMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(ChatClientTelemetry.MeterName);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
        _listener.Start();
    }

    /// <summary>The sum of an instrument; with a tag its value in brackets:
    /// <c>chat.client.clients[connected]</c>.</summary>
    public double this[string name] => _sums.GetValueOrDefault(name);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = tags.Length == 0 ? instrument.Name : $"{instrument.Name}[{tags[0].Value}]";
        _sums.AddOrUpdate(name, value, (_, sum) => sum + value);
    }
}
