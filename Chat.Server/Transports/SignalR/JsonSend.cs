using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>Reads a call of <c>Send</c> in the JSON hub protocol, as clients write it, in one go. Whatever looks
/// different is left to SignalR's protocol, and so are the words for what is wrong.</summary>
internal sealed class JsonSend(JsonSerializerOptions json)
{
    private const byte RecordSeparator = 0x1e;

    /// <summary>Takes such a call from the beginning of the input; false, with the input as it was: there is
    /// none.</summary>
    public bool TryRead(ref ReadOnlySequence<byte> input, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        var first = input.FirstSpan;
        var end = first.IndexOf(RecordSeparator);
        if (end < 0 || first[..end].IndexOf("\"Send\""u8) < 0) return false;
        try
        {
            message = Read(first[..end]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            // NOTE: SignalR's protocol reads it next, and refuses it.
        }
        if (message is null) return false;
        input = input.Slice(end + 1);
        return true;
    }

    private InvocationMessage? Read(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = json.MaxDepth });
        var (isCall, isSend) = (false, false);
        string? id = null;
        object?[]? arguments = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Nothing comes twice, and nothing else is there.
            var isKnown = !isCall && reader.ValueTextEquals("type"u8) ? isCall = IsCall(ref reader)
                : !isSend && reader.ValueTextEquals("target"u8) ? isSend = IsSend(ref reader)
                : id is null && reader.ValueTextEquals("invocationId"u8) ? TryReadText(ref reader, out id)
                : arguments is null && reader.ValueTextEquals("arguments"u8)
                    && TryReadArguments(ref reader, out arguments);
            if (!isKnown) return null;
        }
        return isCall && isSend && arguments is not null && !reader.Read()
            ? new InvocationMessage(id, nameof(IChatHub.Send), arguments)
            : null;
    }

    private static bool IsCall(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var type)
        && type == HubProtocolConstants.InvocationMessageType;

    private static bool IsSend(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String
        && reader.ValueTextEquals(nameof(IChatHub.Send));

    private static bool TryReadText(ref Utf8JsonReader reader, out string? text)
    {
        text = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null;
    }

    /// <summary>The conversation, the text or null, and maybe the rest or null.</summary>
    private bool TryReadArguments(ref Utf8JsonReader reader, out object?[]? arguments)
    {
        arguments = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray || !reader.Read()
            || reader.TokenType != JsonTokenType.String || !reader.TryGetGuid(out var conversation)
            || !reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) return false;
        var body = reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
        SendOptions? options = null;
        if (!reader.Read()) return false;
        if (reader.TokenType == JsonTokenType.StartObject)
            options = JsonSerializer.Deserialize<SendOptions>(ref reader, json);
        else if (reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.Null)) return false;
        if (reader.TokenType != JsonTokenType.EndArray
            && !(reader.Read() && reader.TokenType == JsonTokenType.EndArray)) return false;
        arguments = [new ConversationId(conversation), body, options];
        return true;
    }
}
