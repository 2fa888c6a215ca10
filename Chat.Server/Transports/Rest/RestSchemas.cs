using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Chat.Server.Transports.Rest;

/// <summary>The schemas of <c>schemas.txt</c> and of <c>frames.txt</c> of raw sockets, for the OpenAPI and the AsyncAPI
/// document.</summary>
internal static partial class RestSchemas
{
    /// <summary>Lines of JSON, which are no JSON together.</summary>
    public const string Lines = "lines";

    private const string Null = " or null", Array = "[]";

    private static readonly Lazy<Dictionary<string, (string? Request, string Answer)>> Operations = new(ReadOperations);

    private static readonly Lazy<Dictionary<string, List<string>>> Schemas = new(ReadSchemas);

    /// <summary>All that there are.</summary>
    public static IEnumerable<string> Names => Schemas.Value.Keys;

    /// <summary>The types of what an operation takes and answers; null: its example says so.</summary>
    public static (string? Request, string Answer)? Find(string operation) =>
        Operations.Value.TryGetValue(operation, out var known) ? known : null;

    /// <summary>The schema of a type: of the text, or of one that is in the document already. What it refers to is in
    /// the document then.</summary>
    public static IOpenApiSchema Of(string type, OpenApiDocument document)
    {
        if (type.EndsWith(Null, StringComparison.Ordinal)) return OrNull(type[..^Null.Length], document);
        if (type.EndsWith(Array, StringComparison.Ordinal))
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(type[..^Array.Length], document) };
        return type switch
        {
            ['"', ..] => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. type.Split('|').Select(JsonNode (word) => JsonValue.Create(word.Trim('"')))],
            },
            "any" => new OpenApiSchema(),
            "text" => Simple(JsonSchemaType.String),
            Lines => Simple(JsonSchemaType.String, "binary"),
            "uuid" => Simple(JsonSchemaType.String, "uuid"),
            "time" => Simple(JsonSchemaType.String, "date-time"),
            "int" => Simple(JsonSchemaType.Integer, "int32"),
            "long" => Simple(JsonSchemaType.Integer, "int64"),
            "number" => Simple(JsonSchemaType.Number),
            "bool" => Simple(JsonSchemaType.Boolean),
            _ => Named(type, document),
        };
    }

    private static OpenApiSchema Simple(JsonSchemaType type, string? format = null) =>
        new() { Type = type, Format = format };

    private static OpenApiSchema OrNull(string type, OpenApiDocument document)
    {
        // Words are repeated: generators of clients take a reference that may be null for a class.
        if (WordsOf(type) is { } words) type = words;
        if (Of(type, document) is not OpenApiSchema own)
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Object | JsonSchemaType.Null, AllOf = [Named(type, document)],
            };
        own.Type |= JsonSchemaType.Null;
        return own;
    }

    /// <summary>The words of a schema that has nothing but these; null: it has more.</summary>
    private static string? WordsOf(string name) =>
        Schemas.Value.TryGetValue(name, out var lines) && lines is [['"', ..] words] ? words : null;

    private static OpenApiSchemaReference Named(string name, OpenApiDocument document)
    {
        if (document.Components?.Schemas?.ContainsKey(name) == true) return new(name, document);
        if (WordsOf(name) is { } words)
        {
            document.AddComponent(name, Of(words, document));
            return new(name, document);
        }
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = new HashSet<string>(),
        };
        document.AddComponent<IOpenApiSchema>(name, schema); // before its properties, which may refer to it
        foreach (var line in Schemas.Value[name])
        {
            var parts = line.Split(": ", 2);
            var property = parts[0].TrimEnd('?');
            if (property == parts[0]) schema.Required.Add(property);
            schema.Properties[property] = Of(parts[1], document);
        }
        return new(name, document);
    }

    private static Dictionary<string, (string?, string)> ReadOperations() => Read()
        .Select(line => Operation().Match(line)).Where(match => match.Success)
        .ToDictionary(match => match.Groups[1].Value,
            match => (match.Groups[2].Success ? match.Groups[2].Value : null, match.Groups[3].Value));

    private static Dictionary<string, List<string>> ReadSchemas()
    {
        var schemas = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var last = new List<string>();
        foreach (var line in Read().Where(line => !Operation().IsMatch(line)))
        {
            if (line[0] == ' ')
            {
                last.Add(line.Trim());
                continue;
            }
            var parts = line.Split(' ', 2);
            last = schemas[parts[0]] = parts.Length > 1 ? [parts[1]] : [];
        }
        return schemas;
    }

    private static List<string> Read()
    {
        var lines = new List<string>();
        foreach (var file in (string[])["rest/schemas.txt", "sockets/frames.txt"])
        {
            using var stream = typeof(RestSchemas).Assembly.GetManifestResourceStream(file)!;
            using var reader = new StreamReader(stream);
            lines.AddRange(reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#'));
        }
        return lines;
    }

    [GeneratedRegex(@"^(\w+)(?:\(([\w\[\]]+)\))?: (\S+)$")]
    private static partial Regex Operation();
}
