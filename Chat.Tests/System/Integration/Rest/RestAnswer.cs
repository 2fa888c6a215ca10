using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Chat.Tests.Integration.Rest;

/// <summary>What came back.</summary>
internal sealed record RestAnswer(HttpStatusCode Status, string Body, long? Length, string? Cursor)
{
    public static async Task<RestAnswer> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var length = response.Headers.TransferEncodingChunked == true ? null : response.Content.Headers.ContentLength;
        var cursor = response.Headers.TryGetValues("X-Chat-Cursor", out var values) ? values.Single() : null;
        return new RestAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(), length, cursor);
    }

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The room's messages as <c>id:text</c>.</summary>
    public string Messages => string.Join(' ', Json.GetProperty("messages").EnumerateArray()
        .Select(
            m => string.Create(CultureInfo.InvariantCulture,
                $"{m.GetProperty("id").GetInt64()}:{m.GetProperty("message").GetString()}")));

    /// <summary>A conversation's messages as their texts.</summary>
    public string Bodies =>
        string.Join(' ', Json.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()));

    public void IsRefused(int status, string error) =>
        Assert.Equal((status, $$"""{"error":"{{error}}"}"""), ((int)Status, Body));
}
