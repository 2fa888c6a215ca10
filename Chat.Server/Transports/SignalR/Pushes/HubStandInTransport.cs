using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>What a stand-in has in place of a transport: a name and features. Nothing is ever written to it.</summary>
internal sealed class HubStandInTransport(string id) : ConnectionContext
{
    private IDictionary<object, object?>? _items;

    public override string ConnectionId { get; set; } = id;

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new Dictionary<object, object?>();
        set => _items = value;
    }

    public override IDuplexPipe Transport
    {
        get => throw new NotSupportedException("a stand-in has no transport");
        set => throw new NotSupportedException("a stand-in has no transport");
    }
}
