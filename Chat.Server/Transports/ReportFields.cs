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
        if (report.Sequence is { } sequence) writer.WriteNumber("seq"u8, sequence);
        else writer.WriteNull("seq"u8);
        writer.WritePropertyName("entry"u8);
        RawListFields.WriteEntry(writer, names, report.Entry, features);
        writer.WriteBoolean(names.Policy.ConvertName(nameof(report.IsEntryCut)), report.IsEntryCut);
        writer.WriteString("reason"u8, report.Reason);
        writer.WriteString(names.Policy.ConvertName(nameof(report.ReporterId)), report.ReporterId.Value);
        EntryJson.WriteTime(writer, names.CreatedAt, report.CreatedAt);
        writer.WriteEndObject();
    }
}
