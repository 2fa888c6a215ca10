using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Json;
using Chat.Server.Policies;
using Chat.Server.Transports;

namespace Chat.Server.Webhooks;

/// <summary>What the endpoint that is asked is sent.</summary>
internal static class BeforeSendQuestion
{
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");

    public static ReadOnlyMemory<byte> ToJson(in ChatAct act, EntryDraft draft, DateTimeOffset now)
    {
        var output = new ArrayBufferWriter<byte>(512);
        var writer = EntryJson.WriterFor(output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, act.Kind == ChatActKind.Edit ? "before.edit"u8 : "before.send"u8);
        EntryJson.WriteTime(writer, Timestamp, now);
        writer.WriteStartObject("data"u8);
        writer.WriteString("tenant"u8, act.Tenant);
        writer.WriteString("conversationId"u8, act.ConversationId.Value);
        writer.WriteString("userId"u8, act.UserId.Value);
        if (draft is SendDraft send)
        {
            writer.WriteString("body"u8, send.Body);
            writer.WritePropertyName("options"u8);
            JsonSerializer.Serialize(writer, send.Options, ChatJsonContext.Default.SendOptions);
        }
        else if (draft is EditDraft edit)
        {
            writer.WriteNumber("targetSequence"u8, edit.TargetSequence);
            writer.WriteString("body"u8, edit.Content.Body);
            writer.WritePropertyName("content"u8);
            JsonSerializer.Serialize(writer, edit.Content, ChatJsonContext.Default.EditMessage);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }
}
