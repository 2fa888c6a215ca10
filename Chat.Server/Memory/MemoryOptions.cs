using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Memory;

/// <summary>Settings <c>Chat:Memory</c>: the bytes that this instance may hold for what passes through it. Beyond a
/// limit something waits, is dropped or is refused; nothing grows.</summary>
public sealed class MemoryOptions
{
    private const int Least = 4 * 1024 * 1024, Most = 2_000_000_000, Unset = 64 * 1024 * 1024;

    /// <summary>What was read from the log for readers who are behind. Default 64 MiB. Beyond it the oldest is dropped;
    /// what is needed again is read again.</summary>
    [Range(Least, Most)]
    public int CatchUpBytes { get; set; } = Unset;

    /// <summary>Messages and bodies of which only a part has come. Default 64 MiB. Beyond it the connections whose
    /// messages have been unfinished for the longest are cut.</summary>
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
}

[OptionsValidator]
internal sealed partial class MemoryOptionsValidator : IValidateOptions<MemoryOptions>;
