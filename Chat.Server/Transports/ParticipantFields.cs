using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>Participants as raw frames and REST show them.</summary>
internal static class ParticipantFields
{
    private static readonly JsonEncodedText Role = JsonEncodedText.Encode("role"),
        Until = JsonEncodedText.Encode("until");
    private static readonly JsonKey SlowModeKey = new(ChatField.SlowModeSeconds);

    public static void Write(Utf8JsonWriter writer, JsonNames names, ParticipantsPage page)
    {
        if (page.Role is { } own) writer.WriteString(Role, RoleNames.Of(own));
        else writer.WriteNull(Role);
        writer.WriteNumber(SlowModeKey.In(names), page.SlowModeSeconds);
        writer.WriteStartArray("participants"u8);
        foreach (var one in page.Participants)
        {
            writer.WriteStartObject();
            writer.WriteString(names.UserId, one.UserId.Value);
            writer.WriteString(Role, RoleNames.Of(one.Role));
            EntryJson.WriteTimeOrNull(writer, Until, one.Until);
            writer.WriteString("reason"u8, one.Reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
