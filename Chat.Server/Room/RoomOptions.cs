using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Room;

/// <summary>Settings <c>Chat:Room</c>: the room over REST.</summary>
public sealed class RoomOptions
{
    /// <summary>Seconds after which a client that neither sent nor polled is removed, within a further minute. Default
    /// 300.</summary>
    [Range(1, 86_400)]
    public int InactiveSeconds { get; set; } = 300;

    /// <summary>Seconds between two notes in the database of who was heard from; those not heard from are removed at
    /// the same beat. Default 15.</summary>
    [Range(1, 20)]
    public int TouchSeconds { get; set; } = 15;

    /// <summary>Seconds between two looks at who has left on another instance. Default 2: what such a leave may take to
    /// show here.</summary>
    [Range(1, 60)]
    public int RecheckSeconds { get; set; } = 2;

    /// <summary>Seconds that a poll without news waits. Default 30.</summary>
    [Range(1, 300)]
    public int PollSeconds { get; set; } = 30;
}

[OptionsValidator]
internal sealed partial class RoomOptionsValidator : IValidateOptions<RoomOptions>;
