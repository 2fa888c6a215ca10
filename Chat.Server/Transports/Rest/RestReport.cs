using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports.Rest;

/// <summary>A body about a report, as it was written.</summary>
internal struct RestReport
{
    private static readonly JsonFields.FieldReader<RestReport> ReadField = TryReadField;
    private static readonly JsonKey ParticipantKey = new(ChatField.ParticipantId);

    private long? _sequence;
    private string? _participant;
    private string? _reason;

    public string? Outcome { get; private set; }

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestReport Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    /// <exception cref="Core.ChatException">The user's id is none.</exception>
    public readonly ReportContent ToContent() => new()
    {
        Sequence = _sequence, Reason = _reason ?? "",
        UserId = string.IsNullOrEmpty(_participant)
            ? null
            : UserNames.ParseOne(_participant, ChatField.ParticipantId),
    };

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestReport report, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("seq"u8))
            report._sequence = JsonFields.ReadNumber(ref reader, PageRules.Sequence.Violation);
        else if (ParticipantKey.Is(reader))
            report._participant = JsonFields.ReadText(ref reader, ChatField.ParticipantId);
        else if (reader.ValueTextEquals("reason"u8))
            report._reason = JsonFields.ReadText(ref reader, ChatField.Reason);
        else if (reader.ValueTextEquals("outcome"u8))
            report.Outcome = JsonFields.ReadText(ref reader, ChatField.Outcome);
        else return false;
        return true;
    }
}
