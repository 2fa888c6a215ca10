using System.Collections.Concurrent;
using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace Chat.Server.Transports.SignalR.MessagePack;

/// <summary>Every type goes by way of its JSON, so that names and rules are the same in both protocols.</summary>
internal sealed class JsonResolver(JsonSerializerOptions json) : IFormatterResolver
{
    private readonly ConcurrentDictionary<Type, object> _formatters = new();

    public IMessagePackFormatter<T> GetFormatter<T>() =>
        (IMessagePackFormatter<T>)_formatters.GetOrAdd(typeof(T), static (_, json) => new JsonFormatter<T>(json), json);
}
