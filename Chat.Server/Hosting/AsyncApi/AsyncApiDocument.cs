using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Contracts.Protocol;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Hosting.AsyncApi;

/// <summary>The AsyncAPI document: what is said on the hub and on raw sockets, made from the contracts.</summary>
internal static class AsyncApiDocument
{
    private const string Hub = "hub", Socket = "rawSocket";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Lazy<string> Made =
        new(() => Make().ToJsonString(Readable).ReplaceLineEndings("\n") + "\n");

    /// <summary>As JSON.</summary>
    public static string Text => Made.Value;

    private static JsonObject Make()
    {
        var (operations, contracts) = (new JsonObject(), new ContractSchemas());
        var channels = new JsonObject
        {
            [Hub] = HubChannel(operations, contracts), [Socket] = SocketChannel(operations),
        };
        var schemas = SocketFrames.Schemas();
        foreach (var (name, schema) in contracts.Named) schemas[name] = schema;
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Chat", ["version"] = "v1",
                ["description"] = "The hub and raw sockets. A REST API is described by the OpenAPI document. "
                    + "What is promised of each is in docs/protocol.md.",
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new JsonObject
            {
                ["chat"] = new JsonObject
                {
                    ["host"] = "chat.example.com", ["protocol"] = "wss",
                    ["security"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/securitySchemes/token" }),
                },
            },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject
                    {
                        ["type"] = "http", ["scheme"] = "bearer",
                        ["description"] = "A user's token; in the address, access_token, where a browser connects. In "
                            + "open mode user_id says who it is.",
                    },
                },
                ["schemas"] = schemas,
            },
        };
    }

    private static JsonObject HubChannel(JsonObject operations, ContractSchemas contracts)
    {
        var messages = new JsonObject();
        foreach (var (name, arguments, answer) in HubContract.Calls(contracts))
        {
            messages[name] = Message(name, arguments, $"Arguments of an invocation of {name}");
            var operation = Operation("receive", Hub, name);
            if (answer is not null)
            {
                messages[$"{name}Result"] = Message($"{name}Result", answer, $"Result of {name}");
                operation["reply"] = new JsonObject
                {
                    ["channel"] = Ref($"#/channels/{Hub}"),
                    ["messages"] = new JsonArray(Ref($"#/channels/{Hub}/messages/{name}Result")),
                };
            }
            operations[$"{Hub}{name}"] = operation;
        }
        foreach (var (name, arguments) in HubContract.Pushes(contracts))
        {
            var key = $"On{name}"; // some have the name of a call
            messages[key] = Message(name, arguments, $"Arguments of an invocation of {name} on the client");
            operations[$"{Hub}{key}"] = Operation("send", Hub, key);
        }
        return new JsonObject
        {
            ["address"] = ChatHubRoute.Path, ["messages"] = messages,
            ["description"] = "SignalR, JSON or MessagePack. A payload is the arguments of an invocation, or its "
                + "result.",
        };
    }

    private static JsonObject SocketChannel(JsonObject operations)
    {
        var messages = new JsonObject();
        foreach (var (schema, word, feature) in SocketFrames.Commands)
        {
            messages[schema] = Message(word, Ref($"#/components/schemas/{schema}"),
                feature is null ? "For everybody" : $"With the feature {feature}");
            operations[$"{Socket}{schema}"] = Operation("receive", Socket, schema);
        }
        foreach (var schema in SocketFrames.Answers)
        {
            messages[schema] = Message(schema, Ref($"#/components/schemas/{schema}"), "From the server");
            operations[$"{Socket}{schema}"] = Operation("send", Socket, schema);
        }
        return new JsonObject
        {
            ["address"] = RawSocketEndpoint.Path, ["messages"] = messages,
            ["description"] = "One JSON object a message. A socket that connects with userId speaks camelCase.",
            ["bindings"] = new JsonObject
            {
                ["ws"] = new JsonObject
                {
                    ["query"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject
                        {
                            ["user_id"] = new JsonObject { ["type"] = "string" },
                            ["features"] = new JsonObject { ["type"] = "string" },
                        },
                    },
                },
            },
        };
    }

    private static JsonObject Message(string name, JsonNode payload, string summary) =>
        new() { ["name"] = name, ["summary"] = summary, ["payload"] = payload };

    private static JsonObject Operation(string action, string channel, string message) => new()
    {
        ["action"] = action, ["channel"] = Ref($"#/channels/{channel}"),
        ["messages"] = new JsonArray(Ref($"#/channels/{channel}/messages/{message}")),
    };

    private static JsonObject Ref(string to) => new() { ["$ref"] = to };
}
