using Chat.Contracts.Entries;

namespace Chat.Server.Persistence;

/// <summary>The role that holds now, as <see cref="Entries.AccessColumns"/> has it in SQL.</summary>
internal static class RoleNow
{
    /// <summary>Who was banned or muted until a time that is over takes no part (null), or is a member.</summary>
    public static ParticipantRole? Of(ParticipantRole stored, DateTimeOffset? until, DateTimeOffset now) =>
        until is null || until > now ? stored : stored == ParticipantRole.Readonly ? ParticipantRole.Member : null;
}
