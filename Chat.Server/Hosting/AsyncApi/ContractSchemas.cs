using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Server.Hosting.AsyncApi;

/// <summary>JSON Schemas of the contracts, as the hub writes them: each named one once.</summary>
internal sealed class ContractSchemas
{
    private static readonly JsonSerializerOptions Options = new(ChatJsonContext.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ChatJsonContext.Default, new DefaultJsonTypeInfoResolver()),
    };

    private readonly SortedDictionary<string, JsonNode?> _named = new(StringComparer.Ordinal);

    /// <summary>Those that were referred to.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Named => _named;

    /// <param name="type">Of a parameter or a result.</param>
    /// <param name="isNullable">Whether it may be null.</param>
    public JsonNode Of(Type type, bool isNullable)
    {
        var schema = SimpleOf(Nullable.GetUnderlyingType(type) ?? type) ?? Export(type);
        return isNullable || Nullable.GetUnderlyingType(type) is not null ? OrNull(schema) : schema;
    }

    private static JsonNode OrNull(JsonNode schema) =>
        new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };

    /// <summary>Of a type with its own way to be written; a reference for a record of the contracts.</summary>
    private JsonNode? SimpleOf(Type type)
    {
        if (type == typeof(UserId)) return Text();
        if (type == typeof(ConversationId) || type == typeof(MessageId)) return Text("uuid");
        if (type == typeof(DateTimeOffset)) return Text("date-time");
        if (type == typeof(RawJson)) return new JsonObject();
        if (type == typeof(EntryKind)) return Text();
        if (type == typeof(ConversationEntry)) return ReferTo(type, Entries);
        var isContract = type.IsClass
            && type.Namespace?.StartsWith("Chat.Contracts", StringComparison.Ordinal) == true;
        if (!isContract) return null;
        return ReferTo(type, () => Export(type));
    }

    private static JsonObject Text(string? format = null) =>
        format is null ? new() { ["type"] = "string" } : new() { ["type"] = "string", ["format"] = format };

    private JsonObject ReferTo(Type type, Func<JsonNode> make)
    {
        var name = $"Hub{type.Name}"; // raw frames have some of the same names
        if (_named.TryAdd(name, null)) _named[name] = make();
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonObject Entries() => new()
    {
        ["anyOf"] = new JsonArray([
            .. typeof(ConversationEntry).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ConversationEntry)))
                .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => SimpleOf(type)),
        ]),
    };

    private JsonNode Export(Type root) => Options.GetJsonSchemaAsNode(root, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) =>
        {
            if (context.Path.IsEmpty) return schema;
            var type = context.TypeInfo.Type;
            if (SimpleOf(Nullable.GetUnderlyingType(type) ?? type) is not { } simple) return schema;
            var mayBeNull = Nullable.GetUnderlyingType(type) is not null || MayBeNull(context.PropertyInfo);
            return mayBeNull ? OrNull(simple) : simple;
        },
    });

    private static bool MayBeNull(JsonPropertyInfo? property) =>
        property?.AttributeProvider is PropertyInfo member
        && new NullabilityInfoContext().Create(member).ReadState == NullabilityState.Nullable;
}
