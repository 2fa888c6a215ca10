using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Tests.Integration.Changes;

/// <summary>Entries and pages in the spelling of raw sockets and REST, read as what the hub sends.</summary>
internal static class Spelled
{
    public static ConversationEntry Entry(JsonElement entry, ConversationId conversation) =>
        Entry(JsonNode.Parse(entry.GetRawText())!.AsObject(), conversation);

    /// <summary>A page of a view.</summary>
    public static HistoryPage Page(JsonElement page, ConversationId conversation) =>
        new([.. page.GetProperty("entries").EnumerateArray().Select(entry => Entry(entry, conversation))],
            page.GetProperty("head").GetInt64())
        {
            Current = page.TryGetProperty("current", out var current)
                ? [.. current.EnumerateArray().Select(one => JsonNode.Parse(one.GetRawText())!)
                    .Select(one => Hub(one).Deserialize(ChatJsonContext.Default.CurrentMessage)!)]
                : null,
        };

    private static ConversationEntry Entry(JsonObject entry, ConversationId conversation)
    {
        var hub = (JsonObject)Hub(entry);
        var kind = Camel((string?)hub["kind"] ?? "message");
        hub.Remove("kind");
        hub.Insert(0, "kind", kind); // the hub says it first
        hub["conversationId"] = conversation.ToString();
        return hub.Deserialize(ChatJsonContext.Default.ConversationEntry)!;
    }

    private static JsonNode Hub(JsonNode node)
    {
        if (node is JsonArray array) return new JsonArray([.. array.Select(one => one is null ? null : Hub(one))]);
        if (node is not JsonObject given) return node.DeepClone();
        var hub = new JsonObject();
        foreach (var (name, value) in given) hub[Name(name)] = value is null ? null : Hub(value);
        return hub;
    }

    private static string Name(string name) => name switch
    {
        "seq" => "sequence",
        _ when name.EndsWith("_seq", StringComparison.Ordinal) => Camel(name[..^4]) + "Sequence",
        _ => Camel(name),
    };

    private static string Camel(string name)
    {
        var words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
