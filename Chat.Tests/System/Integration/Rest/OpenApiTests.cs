using System.Text.Json;

namespace Chat.Tests.Integration.Rest;

/// <summary>The document that tools and generators of clients read.</summary>
public sealed class OpenApiTests(RestServerFixture fixture) : IClassFixture<RestServerFixture>
{
    [Fact]
    public async Task It_has_the_endpoints_with_bodies_and_parameters()
    {
        using var document = await ReadAsync();
        var paths = document.RootElement.GetProperty("paths");
        foreach (var path in (string[])["/api/join", "/api/leave", "/api/send", "/api/v1/chat", "/api/v1/chat/{id}"])
        {
            var body = paths.GetProperty(path).GetProperty("post").GetProperty("requestBody");
            Assert.Equal("object", Assert.Single(SchemasOf(document, body)).GetProperty("type").GetString());
        }
        var parameters = paths.GetProperty("/api/messages").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Select(p => p.GetProperty("name").GetString());
        Assert.Equal(["client_id", "after_id", "since", "limit"], parameters);
        var id = paths.GetProperty("/api/v1/chat/{id}/messages").GetProperty("get").GetProperty("parameters")[0];
        Assert.Equal(("id", "path"), (id.GetProperty("name").GetString(), id.GetProperty("in").GetString()));
    }

    [Fact]
    public async Task Each_operation_has_an_id_of_its_own_and_answers_with_named_schemas()
    {
        using var document = await ReadAsync();
        var operations = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToList();
        var ids = operations.Select(operation => operation.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Contains("sendMessage", ids);
        foreach (var operation in operations)
            Assert.NotEmpty(operation.GetProperty("responses").EnumerateObject()
                .SelectMany(response => SchemasOf(document, response.Value)));
    }

    [Fact]
    public async Task It_says_what_each_operation_is_called_with()
    {
        using var document = await ReadAsync();
        var schemes = document.RootElement.GetProperty("components").GetProperty("securitySchemes");
        Assert.All(schemes.EnumerateObject(), scheme => Assert.Equal(("http", "bearer"),
            (scheme.Value.GetProperty("type").GetString(), scheme.Value.GetProperty("scheme").GetString())));
        var paths = document.RootElement.GetProperty("paths");
        foreach (var (path, verb, expected) in ((string, string, string[])[])[
            ("/api/v1/chat", "post", ["token", "key"]), ("/api/v1/me", "get", ["token", "key"]),
            ("/api/v1/tokens", "post", ["key"]), ("/api/v1/admin/audit", "get", ["key"])])
            Assert.Equal(expected, paths.GetProperty(path).GetProperty(verb).GetProperty("security").EnumerateArray()
                .Select(one => one.EnumerateObject().Single().Name));
    }

    private async Task<JsonDocument> ReadAsync() =>
        JsonDocument.Parse(await fixture.Server.Operators.GetStringAsync("/openapi/v1.json"));

    /// <summary>What the references of a body or an answer point at.</summary>
    private static IEnumerable<JsonElement> SchemasOf(JsonDocument document, JsonElement body)
    {
        if (!body.TryGetProperty("content", out var contents)) return [];
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var bodies = contents.EnumerateObject().Where(content => content.Name == "application/json");
        return bodies.Select(content => schemas.GetProperty(
            content.Value.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1]));
    }
}
