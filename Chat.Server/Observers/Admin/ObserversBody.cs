using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Server.Observers.Admin;

/// <param name="Now">The server's time, to count from.</param>
/// <param name="Observers">All that the database knows.</param>
internal sealed record ObserversBody(DateTimeOffset Now, List<ObserverBody> Observers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcTimestamp)])]
[JsonSerializable(typeof(ObserversBody))]
[JsonSerializable(typeof(OutboxesBody))]
internal sealed partial class ObserverAdminJson : JsonSerializerContext;
