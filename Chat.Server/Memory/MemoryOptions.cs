using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Memory;

/// <summary>Settings <c>Chat:Memory</c>: the bytes that this instance may hold for data that passes through it. Beyond
/// a limit, data waits, is dropped or is refused.</summary>
internal sealed class MemoryOptions
{
    private const int Least = 4 * 1024 * 1024, Most = 2_000_000_000, Unset = 64 * 1024 * 1024;

    /// <summary>Log pages for readers that are behind. Default 64 MiB. Beyond it the oldest are dropped, and read again
    /// when needed.</summary>
    [Range(Least, Most)]
    public int CatchUpBytes { get; set; } = Unset;

    /// <summary>Messages and bodies of which only a part has arrived. Default 64 MiB. Beyond it the connections of the
    /// oldest are cut.</summary>
    [Range(Least, Most)]
    public int UnfinishedBytes { get; set; } = Unset;

    /// <summary>Messages that wait to be stored. Default 64 MiB. Beyond it a send waits, and is refused after
    /// <c>Chat:Core:FullLaneMilliseconds</c>.</summary>
    [Range(Least, Most)]
    public int LaneBytes { get; set; } = Unset;

    /// <summary>Background tasks that wait to be stored, those of messages over REST among them. Default 64 MiB. Beyond
    /// it a request waits 5 s, then it is answered 503.</summary>
    [Range(Least, Most)]
    public int IntakeBytes { get; set; } = Unset;

    /// <summary>Answers that are being made, or not taken by their clients yet. Default 64 MiB. Beyond it a further one
    /// waits, and is refused after 10 s; meanwhile the connections are cut that take less than 64 KiB/s.</summary>
    [Range(Least, Most)]
    public int AnswerBytes { get; set; } = Unset;

    /// <summary>The ends of logs that feeds keep for their readers (<c>Chat:FanOut:FeedBytes</c> each). Default 64 MiB.
    /// Beyond it the feeds are emptied that moved on the longest ago; their readers read from the log.</summary>
    [Range(Least, Most)]
    public int FeedBytes { get; set; } = Unset;

    /// <summary>What hub connections with stateful reconnect may hold until their clients acknowledge it: 1 MiB each.
    /// Default 64 MiB. Beyond it new connections have none, and resume at their cursors.</summary>
    [Range(Least, Most)]
    public int ReconnectBytes { get; set; } = Unset;

    /// <summary>Signals that wait for their connections, mostly summaries of conversations: up to 1 MiB each. Default
    /// 64 MiB. Beyond it a connection that gets one loses older ones.</summary>
    [Range(Least, Most)]
    public int SignalBytes { get; set; } = Unset;

    /// <summary>Revoked and deactivated users: about 400 bytes each. Default 64 MiB. Beyond it no further users are
    /// revoked or deactivated; those who are stay so.</summary>
    [Range(Least, Most)]
    public int RevocationBytes { get; set; } = Unset;
}

[OptionsValidator]
internal sealed partial class MemoryOptionsValidator : IValidateOptions<MemoryOptions>;
