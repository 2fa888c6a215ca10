using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Chat.Server.Transports.Rest;

/// <summary>Describes an endpoint in the OpenAPI document, by example and by the schemas of
/// <see cref="RestSchemas"/>; an operation that is not there by what its example shows. Bodies are read by hand, so
/// nothing else knows them.</summary>
internal static class RestDescription
{
    private const string Json = "application/json", JsonLines = "application/x-ndjson";

    /// <summary>What every operation may be refused with. Others are said by what it does.</summary>
    private static readonly (string Status, string Meaning)[] Refusals =
    [
        ("400", "Not as it must be; the text says what is wrong"),
        ("401", "A token or a key is needed, or is not taken"), ("403", "Not allowed"),
        ("429", "Too much; Retry-After says when it may be asked again"),
        ("503", "The database cannot be reached now"), ("default", "Refused; the text says why"),
    ];

    /// <param name="route">The endpoint.</param>
    /// <param name="name">The operation's id, unique in the document: generated clients name their methods so.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="body">An example of the request's body; null when it has none.</param>
    /// <param name="status">The status of success.</param>
    /// <param name="answer">An example of the answer.</param>
    /// <param name="parameters">Name, JSON type and meaning of each parameter; those that the path does not have are in
    /// the query.</param>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder route, string name, string summary, string? body, int status, string answer,
        params (string Name, string Type, string Meaning)[] parameters) =>
        route.WithName(name).WithSummary(summary).AddOpenApiOperationTransformer((operation, context, _) =>
        {
            var document = context.Document!;
            var type = char.ToUpperInvariant(name[0]) + name[1..];
            var path = context.Description.RelativePath ?? "";
            operation.Parameters = [
                .. parameters.Select(
                    p => Parameter(p.Name, p.Type, p.Meaning,
                        path.Contains($"{{{p.Name}}}", StringComparison.Ordinal)))];
            var known = RestSchemas.Find(name);
            if (body is not null)
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = Content(document, known?.Request ?? Derive(document, type + "Request", body, []), body),
                };
            operation.Responses = new OpenApiResponses
            {
                [$"{status}"] = new OpenApiResponse
                {
                    Description = "Success",
                    Content = Content(
                        document, known?.Answer ?? Derive(document, type + "Answer", answer, null), answer),
                },
            };
            foreach (var (refused, meaning) in Refusals)
                operation.Responses[refused] = new OpenApiResponse
                {
                    Description = meaning, Content = Content(document, "Error", example: null),
                };
            return Task.CompletedTask;
        });

    private static OpenApiParameter Parameter(string name, string type, string meaning, bool inPath) => new()
    {
        Name = name, In = inPath ? ParameterLocation.Path : ParameterLocation.Query,
        Required = inPath || name == "client_id", Description = meaning,
        Schema = type == "string[]"
            ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = SchemaOf("string") }
            : SchemaOf(type),
    };

    private static OpenApiSchema SchemaOf(string type) => new()
    {
        Type = Enum.Parse<JsonSchemaType>(type, ignoreCase: true), Format = type == "integer" ? "int64" : null,
    };

    private static Dictionary<string, OpenApiMediaType> Content(OpenApiDocument document, string type, string? example)
    {
        var isLines = type == RestSchemas.Lines;
        return new()
        {
            [isLines ? JsonLines : Json] = new OpenApiMediaType
            {
                Example = isLines || example is null ? null : JsonNode.Parse(example),
                Schema = RestSchemas.Of(type, document),
            },
        };
    }

    /// <summary>A schema by example: of an answer, everything is always there.</summary>
    private static string Derive(OpenApiDocument document, string type, string json, HashSet<string>? required)
    {
        document.AddComponent<IOpenApiSchema>(type, SchemaOf(JsonNode.Parse(json), required));
        return type;
    }

    private static OpenApiSchema SchemaOf(JsonNode? node, HashSet<string>? required) => node switch
    {
        null => new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
        JsonObject o => new OpenApiSchema
        {
            Type = JsonSchemaType.Object, Required = required ?? [.. o.Select(p => p.Key)],
            Properties = o.ToDictionary(p => p.Key, IOpenApiSchema (p) => SchemaOf(p.Value, required)),
        },
        JsonArray a => new OpenApiSchema
        {
            Type = JsonSchemaType.Array, Items = a.Count == 0 ? new OpenApiSchema() : SchemaOf(a[0], required),
        },
        _ => new OpenApiSchema
        {
            Type = node.GetValueKind() switch
            {
                JsonValueKind.Number => JsonSchemaType.Integer,
                JsonValueKind.True or JsonValueKind.False => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = node.GetValueKind() == JsonValueKind.Number ? "int64" : null,
        },
    };
}
