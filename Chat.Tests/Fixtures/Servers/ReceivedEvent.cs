using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A post.</summary>
internal sealed record ReceivedEvent(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>Null: it is about something else.</summary>
    public ConversationEntry? Entry => Type.StartsWith("entry.", StringComparison.Ordinal)
        ? Json.GetProperty("data").Deserialize(ChatJsonContext.Default.ConversationEntry)
        : null;
}
