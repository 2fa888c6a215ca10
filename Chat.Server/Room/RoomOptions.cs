using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Room;

/// <summary>Settings <c>Chat:Room</c>: the room over REST.</summary>
internal sealed class RoomOptions
{
    /// <summary>Seconds without a send or poll after which a client is removed, within a further minute. Default
    /// 300.</summary>
    [Range(1, 86_400)]
    public int InactiveSeconds { get; set; } = 300;

    /// <summary>Seconds between writes of client activity; inactive clients are removed at the same interval. Default
    /// 15.</summary>
    [Range(1, 20)]
    public int TouchSeconds { get; set; } = 15;

    /// <summary>Seconds between checks for clients that left on another instance. Default 2: the longest time until
    /// such a leave shows here.</summary>
    [Range(1, 60)]
    public int RecheckSeconds { get; set; } = 2;

    /// <summary>Seconds that a poll without news waits. Default 30.</summary>
    [Range(1, 300)]
    public int PollSeconds { get; set; } = 30;
}

[OptionsValidator]
internal sealed partial class RoomOptionsValidator : IValidateOptions<RoomOptions>;
