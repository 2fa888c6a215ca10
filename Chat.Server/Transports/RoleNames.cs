using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports;

/// <summary>Roles as raw frames and REST spell them.</summary>
internal static class RoleNames
{
    private static readonly Dictionary<string, ParticipantRole> ByName =
        Enum.GetValues<ParticipantRole>().ToDictionary(Of, StringComparer.Ordinal);

    public static string Of(ParticipantRole role) => role switch
    {
        ParticipantRole.Owner => "owner",
        ParticipantRole.Moderator => "moderator",
        ParticipantRole.Readonly => "readonly",
        ParticipantRole.Blocked => "blocked",
        _ => "member",
    };

    /// <summary>Null for no name.</summary>
    /// <exception cref="ChatException">It is no role.</exception>
    public static ParticipantRole? Parse(string? name) =>
        string.IsNullOrEmpty(name) ? null
            : ByName.TryGetValue(name, out var role) ? role : throw new ChatException(RoleRules.UnknownRole());
}
