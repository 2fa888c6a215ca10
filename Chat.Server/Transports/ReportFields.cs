using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Rules;
using Chat.Server.Core;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports;

/// <summary>Reports as raw frames and REST say them.</summary>
internal static class ReportFields
{
    private static readonly JsonEncodedText Seq = JsonEncodedText.Encode("seq");
    private static readonly JsonKey IsEntryCutKey = new("isEntryCut");
    private static readonly JsonKey ReporterIdKey = new("reporterId");

    public static void Write(
        Utf8JsonWriter writer, JsonNames names, IReadOnlyList<OpenReport> reports, RawFeatures features)
    {
        writer.WriteStartArray("reports"u8);
        foreach (var one in reports) Write(writer, names, one, features);
        writer.WriteEndArray();
    }

    /// <summary>The word of an outcome.</summary>
    /// <exception cref="ChatException">It is none.</exception>
    public static ReportOutcome OutcomeOf(string? text) => text switch
    {
        "dismissed" => ReportOutcome.Dismissed,
        "acted" => ReportOutcome.Acted,
        _ => throw new ChatException(ReportRules.UnknownOutcome()),
    };

    private static void Write(Utf8JsonWriter writer, JsonNames names, OpenReport report, RawFeatures features)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, report.Id);
        writer.WriteString(names.ConversationId, report.ConversationId.Value);
        writer.WriteString(names.UserId, report.UserId.Value);
        EntryJson.WriteNumberOrNull(writer, Seq, report.Sequence);
        writer.WritePropertyName("entry"u8);
        RawListFields.WriteEntry(writer, names, report.Entry, features);
        writer.WriteBoolean(IsEntryCutKey.In(names), report.IsEntryCut);
        writer.WriteString("reason"u8, report.Reason);
        writer.WriteString(ReporterIdKey.In(names), report.ReporterId.Value);
        EntryJson.WriteTime(writer, names.CreatedAt, report.CreatedAt);
        writer.WriteEndObject();
    }
}
