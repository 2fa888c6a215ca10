using System.Text.Json.Serialization.Metadata;
using Chat.Contracts.Protocol;

namespace Chat.Server.Transfer.Lines;

/// <summary>The types of lines that there are.</summary>
internal static class LineTypes
{
    /// <summary>How deep a line is nested at most: what clients gave stands in an entry's attachments.</summary>
    public const int Depth = ChatLimits.JsonDepth + 8;

    /// <summary>How each is written, by its name.</summary>
    public static readonly IReadOnlyDictionary<string, JsonTypeInfo> All =
        new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal)
        {
            [HeaderLine.Name] = TransferJson.Default.HeaderLine,
            [ConversationLine.Name] = TransferJson.Default.ConversationLine,
            [ParticipantLine.Name] = TransferJson.Default.ParticipantLine,
            [EntryLine.Name] = TransferJson.Default.EntryLine,
            [ReactionLine.Name] = TransferJson.Default.ReactionLine,
            [UntoldLine.Name] = TransferJson.Default.UntoldLine,
            [FollowLine.Name] = TransferJson.Default.FollowLine,
            [MentionLine.Name] = TransferJson.Default.MentionLine,
            [TenantLine.Name] = TransferJson.Default.TenantLine,
            [UserLine.Name] = TransferJson.Default.UserLine,
            [BlockLine.Name] = TransferJson.Default.BlockLine,
            [RevocationLine.Name] = TransferJson.Default.RevocationLine,
            [ReportLine.Name] = TransferJson.Default.ReportLine,
            [TrailerLine.Name] = TransferJson.Default.TrailerLine,
        };
}
