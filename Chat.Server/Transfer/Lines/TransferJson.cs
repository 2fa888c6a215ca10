using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Server.Transfer.Lines;

/// <summary>The lines of an export as JSON. A property that is not known is an error: it would be lost.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(UtcTimestamp), typeof(StoredUserId), typeof(TenantName)])]
[JsonSerializable(typeof(HeaderLine))]
[JsonSerializable(typeof(ConversationLine))]
[JsonSerializable(typeof(ParticipantLine))]
[JsonSerializable(typeof(EntryLine))]
[JsonSerializable(typeof(ReactionLine))]
[JsonSerializable(typeof(UntoldLine))]
[JsonSerializable(typeof(FollowLine))]
[JsonSerializable(typeof(MentionLine))]
[JsonSerializable(typeof(TenantLine))]
[JsonSerializable(typeof(UserLine))]
[JsonSerializable(typeof(BlockLine))]
[JsonSerializable(typeof(RevocationLine))]
[JsonSerializable(typeof(ReportLine))]
[JsonSerializable(typeof(TrailerLine))]
internal sealed partial class TransferJson : JsonSerializerContext;
