using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Server.Policies;

namespace Chat.Server.Webhooks;

/// <summary>What the endpoint that is asked answers.</summary>
/// <param name="Verdict">allow, refuse or replace.</param>
/// <param name="Text">Of a refusal: what the user is told.</param>
/// <param name="Reason">Of a refusal: a word for programs, or null.</param>
/// <param name="Body">Of a replacement: the text that is stored.</param>
internal sealed record BeforeSendAnswer(string? Verdict, string? Text, string? Reason, string? Body)
{
    /// <summary>More than the longest message, escaped.</summary>
    private const int MostBytes = 512 * 1024;

    /// <exception cref="Exception">It is no verdict, or cannot be read.</exception>
    public static async Task<ChatVerdict> ReadAsync(HttpContent content, EntryDraft draft, CancellationToken ct)
    {
        await content.LoadIntoBufferAsync(MostBytes, ct);
        var answer = await content.ReadAsByteArrayAsync(ct);
        return JsonSerializer.Deserialize(answer, BeforeSendJson.Default.BeforeSendAnswer) switch
        {
            { Verdict: "allow" } => ChatVerdict.Allow,
            { Verdict: "refuse", Text: { } text, Reason: var reason } => ChatVerdict.Refuse(text, reason),
            { Verdict: "replace", Body: { } body } => ChatVerdict.Replace(With(draft, body)),
            _ => throw new FormatException(
                """one has "verdict": "allow", or "refuse" with "text", or "replace" with "body" """.TrimEnd()),
        };
    }

    private static EntryDraft With(EntryDraft draft, string body) => draft switch
    {
        SendDraft send => send with { Body = body },
        EditDraft edit => edit with { Content = edit.Content with { Body = body } },
        _ => draft,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BeforeSendAnswer))]
internal sealed partial class BeforeSendJson : JsonSerializerContext;
