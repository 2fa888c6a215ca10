using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Chat.Server.Transports.Rest;

/// <summary>Describes an endpoint in the OpenAPI document by example: the schema is what the example shows, named for
/// the operation. Bodies are read by hand, so nothing else knows them.</summary>
internal static class RestDescription
{
    private const string Json = "application/json";

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
            if (body is not null)
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true, Content = Example(document, type + "Request", body)
                };
            operation.Responses = new OpenApiResponses
            {
                [$"{status}"] = new OpenApiResponse
                {
                    Description = "Success", Content = Example(document, type + "Answer", answer)
                },
                ["4XX"] = new OpenApiResponse
                {
                    Description = "Refused; the text says what is wrong",
                    Content = Example(document, "Error", """{"error":"client_id is required"}""")
                },
                ["503"] = new OpenApiResponse
                {
                    Description = "The database cannot be reached now",
                    Content = Example(document, "Error", """{"error":"the database cannot be reached now"}""")
                },
            };
            return Task.CompletedTask;
        });

    private static OpenApiParameter Parameter(string name, string type, string meaning, bool inPath) => new()
    {
        Name = name, In = inPath ? ParameterLocation.Path : ParameterLocation.Query,
        Required = inPath || name == "client_id", Description = meaning,
        Schema = new OpenApiSchema { Type = Enum.Parse<JsonSchemaType>(type, ignoreCase: true) },
    };

    private static Dictionary<string, OpenApiMediaType> Example(OpenApiDocument document, string type, string json)
    {
        document.AddComponent<IOpenApiSchema>(type, SchemaOf(JsonNode.Parse(json)));
        var schema = new OpenApiSchemaReference(type, document);
        return new() { [Json] = new OpenApiMediaType { Example = JsonNode.Parse(json), Schema = schema } };
    }

    private static OpenApiSchema SchemaOf(JsonNode? node) => node switch
    {
        null => new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
        JsonObject o => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = o.ToDictionary(p => p.Key, IOpenApiSchema (p) => SchemaOf(p.Value)),
        },
        JsonArray a => new OpenApiSchema { Type = JsonSchemaType.Array, Items = SchemaOf(a.FirstOrDefault()) },
        _ => new OpenApiSchema
        {
            Type = node.GetValueKind() switch
            {
                JsonValueKind.Number => JsonSchemaType.Integer,
                JsonValueKind.True or JsonValueKind.False => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            }
        },
    };
}
