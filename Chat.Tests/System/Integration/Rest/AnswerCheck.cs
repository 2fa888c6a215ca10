using System.Text.Json;

namespace Chat.Tests.Integration.Rest;

/// <summary>Compares every answer that a client gets with the OpenAPI document: nothing is missing, unknown or of
/// another type.</summary>
internal sealed class AnswerCheck(JsonElement document) : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>The operations that were answered with success.</summary>
    public HashSet<string> Seen { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var response = await base.SendAsync(request, ct);
        var operation = Find(request);
        var status = $"{(int)response.StatusCode}";
        var answers = operation.GetProperty("responses");
        var answer = answers.TryGetProperty(status, out var known) ? known : answers.GetProperty("default");
        if (response.IsSuccessStatusCode) Seen.Add(operation.GetProperty("operationId").GetString()!);
        if (!answer.GetProperty("content").TryGetProperty("application/json", out var content)) return response;
        await response.Content.LoadIntoBufferAsync(ct);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        Check(body.RootElement, content.GetProperty("schema"), $"{request.Method} {request.RequestUri} {status}");
        return response;
    }

    private static bool Fits(string template, string path)
    {
        var (parts, given) = (template.Split('/'), path.Split('/'));
        return parts.Length == given.Length
            && parts.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private JsonElement Find(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        return document.GetProperty("paths").EnumerateObject().Where(one => Fits(one.Name, path))
            .OrderBy(one => one.Name.Count(c => c == '{')).First().Value
            .GetProperty(request.Method.Method.ToLowerInvariant());
    }

    private void Check(JsonElement value, JsonElement schema, string where)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            Assert.True(!schema.TryGetProperty("type", out _) && !schema.TryGetProperty("$ref", out _)
                || schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean(), $"{where} is null");
            return;
        }
        if (schema.TryGetProperty("$ref", out var to))
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(
                to.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("allOf", out var all))
        {
            Check(value, all[0], where);
            return;
        }
        if (!schema.TryGetProperty("type", out var type)) return; // anything
        if (schema.TryGetProperty("enum", out var words))
            Assert.Contains(value.GetString(), words.EnumerateArray().Select(word => word.GetString()));
        var kind = value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => "integer",
            var other => other.ToString().ToLowerInvariant(),
        };
        Assert.True(kind == type.GetString(), $"{where} is {kind}");
        if (kind == "array")
            foreach (var one in value.EnumerateArray()) Check(one, schema.GetProperty("items"), $"{where}[]");
        if (kind == "object") CheckObject(value, schema, where);
    }

    private void CheckObject(JsonElement value, JsonElement schema, string where)
    {
        var properties = schema.GetProperty("properties");
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{where}.{name} is missing");
        foreach (var property in value.EnumerateObject())
        {
            Assert.True(properties.TryGetProperty(property.Name, out var of), $"{where}.{property.Name} is unknown");
            Check(property.Value, of, $"{where}.{property.Name}");
        }
    }
}
