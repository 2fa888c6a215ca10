using System.Globalization;
using System.Text.Json.Nodes;
using Chat.Server.Transports.Rest;
using Chat.Server.Transports.WebSockets;
using Microsoft.OpenApi;

namespace Chat.Server.Hosting.AsyncApi;

/// <summary>The frames of raw sockets: the commands that there are, and <c>frames.txt</c>.</summary>
internal static class SocketFrames
{
    private const string OfClients = "Command", OfServers = "Frame";

    /// <summary>The commands' schemas, each with the feature that it needs; null: none.</summary>
    public static IEnumerable<(string Schema, string Word, string? Feature)> Commands =>
        RawCommandTypes.Known.Select(one => (one.Type + OfClients, RawCommandTypes.WordOf(one.Type),
            one.Feature == RawFeatures.None ? null : one.Feature.ToString().ToLowerInvariant()));

    /// <summary>The schemas of what servers send.</summary>
    public static IEnumerable<string> Answers =>
        RestSchemas.Names.Where(name => name.EndsWith(OfServers, StringComparison.Ordinal));

    /// <summary>These schemas and all that they refer to, as JSON Schema.</summary>
    public static JsonObject Schemas()
    {
        var document = new OpenApiDocument { Components = new OpenApiComponents() };
        foreach (var name in Commands.Select(one => one.Schema).Concat(Answers)) RestSchemas.Of(name, document);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var schemas = new JsonObject();
        foreach (var (name, schema) in document.Components.Schemas!.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            text.GetStringBuilder().Clear();
            schema.SerializeAsV31(new OpenApiJsonWriter(text));
            schemas[name] = WithNulls(JsonNode.Parse(text.ToString())!);
        }
        return schemas;
    }

    /// <summary>OpenAPI says <c>nullable</c> beside a reference. In JSON Schema it is one or the other.</summary>
    private static JsonNode WithNulls(JsonNode node) => node switch
    {
        JsonObject o when o["allOf"] is JsonArray all && o["type"] is JsonArray => new JsonObject
        {
            ["anyOf"] = new JsonArray(all[0]!.DeepClone(), new JsonObject { ["type"] = "null" }),
        },
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null
            : WithNulls(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(one => one is null ? null : WithNulls(one))]),
        _ => node.DeepClone(),
    };
}
