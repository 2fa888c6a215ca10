using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

/// <summary>What a frame says about participants, settings and reports, as it was written.</summary>
internal sealed class RawRights
{
    private static readonly JsonKey ParticipantIdsKey = new(ChatField.ParticipantIds);
    private static readonly JsonKey AfterIdKey = new(ChatField.AfterId);
    private static readonly JsonKey ReportIdKey = new(ChatField.ReportId);
    private static readonly JsonKey OutcomeKey = new(ChatField.Outcome);

    private RightsFields _fields;

    /// <summary>For a frame that says nothing of it.</summary>
    public static RawRights None { get; } = new();

    public List<string>? ParticipantIds { get; private set; }

    public string? After { get; private set; }

    public long? AfterId { get; private set; }

    public long? ReportId { get; private set; }

    public string? Outcome { get; private set; }

    public RightsFields Fields => _fields;

    /// <summary>Reads the field the reader stands on; false when it is none of these.</summary>
    /// <param name="reader">Where.</param>
    /// <param name="rights">What was read so far; made when there is something.</param>
    public static bool TryRead(ref Utf8JsonReader reader, ref RawRights? rights)
    {
        var read = rights ?? new RawRights();
        if (!read.TryRead(ref reader)) return false;
        rights = read;
        return true;
    }

    /// <exception cref="ChatException">There is none.</exception>
    public long RequiredReport => ReportId ?? throw new ChatException(
        new RuleViolation(ChatField.ReportId, $"{ChatField.ReportId} is required"));

    /// <param name="user">Whom the frame names.</param>
    /// <param name="sequence">Which message.</param>
    public ReportContent ToReport(string? user, long? sequence) => new()
    {
        Sequence = sequence, UserId = string.IsNullOrEmpty(user) ? null : UserNames.ParseOne(user, ChatField.UserId),
        Reason = Fields.Reason ?? "",
    };

    private bool TryRead(ref Utf8JsonReader reader)
    {
        if (_fields.TryRead(ref reader)) return true;
        if (ParticipantIdsKey.Is(reader)) ParticipantIds = JsonFields.ReadTexts(ref reader, ChatField.ParticipantIds);
        else if (reader.ValueTextEquals("after"u8)) After = JsonFields.ReadText(ref reader, ChatField.After);
        else if (AfterIdKey.Is(reader)) AfterId = JsonFields.ReadNumber(ref reader, ReportRules.After.Violation);
        else if (ReportIdKey.Is(reader)) ReportId = JsonFields.ReadNumber(ref reader, ReportRules.Id.Violation);
        else if (OutcomeKey.Is(reader)) Outcome = JsonFields.ReadText(ref reader, ChatField.Outcome);
        else return false;
        return true;
    }
}
