using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>An edit or a deletion as frames and bodies write it, in either spelling, beside the fields of a
/// message.</summary>
/// <remarks>Of what was read nothing is checked yet but its JSON types.</remarks>
internal struct AmendmentFields
{
    public static readonly JsonKey TargetSeqKey = new("targetSeq");

    private static readonly JsonKey IfVersionKey = new(ChatField.IfVersion);
    private static readonly JsonKey ReasonKey = new(ChatField.Reason);

    public long? Target;
    public long? IfVersion;
    public string? Reason;

    /// <summary>Reads the field the reader stands on; false when it is none of these.</summary>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (TargetSeqKey.Is(reader)) Target = JsonFields.ReadNumber(ref reader, AmendmentRules.Target.Violation);
        else if (IfVersionKey.Is(reader))
            IfVersion = JsonFields.ReadNumber(ref reader, AmendmentRules.IfVersion.Violation);
        else if (ReasonKey.Is(reader)) Reason = JsonFields.ReadText(ref reader, ChatField.Reason);
        else return false;
        return true;
    }

    /// <param name="message">The new text and attachment, from the same frame or body.</param>
    /// <param name="rest">The new mentions and attachments.</param>
    public readonly EditMessage ToEdit(in MessageFields message, in ThreadFields rest) => new()
    {
        Mentions = rest.Mentions, Attachments = rest.Attachments,
        Body = message.Body, AttachmentUrl = message.AttachmentUrl, AttachmentMeta = message.AttachmentMeta,
        IfVersion = IfVersion, DedupeKey = message.DedupeKey,
    };

    public readonly DeleteMessage ToDeletion(in MessageFields message) =>
        new() { Reason = Reason, DedupeKey = message.DedupeKey };
}
