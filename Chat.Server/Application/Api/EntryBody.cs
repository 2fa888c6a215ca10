using System.Runtime.CompilerServices;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Server.Application.Api;

/// <summary>The entries in the body of a request: an array, or one after the other. However many there are, one is held
/// at a time.</summary>
internal static class EntryBody
{
    /// <exception cref="ChatException">It is no JSON, or no entry.</exception>
    /// <exception cref="Transports.Rest.RefusedBodyException">413: an entry is too large. 408: nothing of it came for
    /// <see cref="ChatLimits.MessageSeconds"/>.</exception>
    public static async IAsyncEnumerable<ConversationEntry> ReadAsync(
        HttpContext http, [EnumeratorCancellation] CancellationToken ct)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        await using var body = new BoundedBody(http);
        var isArray = await body.PeekAsync(ct) == '[';
        await using var entries = JsonSerializer.DeserializeAsyncEnumerable(
            body, ChatJsonContext.Default.ConversationEntry, topLevelValues: !isArray, ct).GetAsyncEnumerator(ct);
        while (await MoveAsync(entries))
        {
            body.BeginEntry();
            yield return entries.Current ?? throw Wrong("null is none");
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ConversationEntry?> entries)
    {
        try
        {
            return await entries.MoveNextAsync();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Wrong(e.Message);
        }
    }

    private static ChatException Wrong(string problem) =>
        ChatException.BadRequest($"the body must be entries as JSON, as the hub has them: {problem}");
}
