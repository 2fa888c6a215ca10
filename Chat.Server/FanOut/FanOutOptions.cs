using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut;

/// <summary>Settings <c>Chat:FanOut</c>: how entries reach readers.</summary>
internal sealed class FanOutOptions
{
    /// <summary>Entries a feed keeps in memory. Default 1,024. A reader further behind reads from the log.</summary>
    [Range(16, 65_536)]
    public int FeedCapacity { get; set; } = 1_024;

    /// <summary>Bytes that a feed keeps in memory: entries, their encodings and the latest blocks. Default 4 MiB. The
    /// older entries go first.</summary>
    [Range(65_536, 1_073_741_824)]
    public int FeedBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Bytes written to one reader in one go, roughly. Default 64 KiB. What is left follows when they are
    /// written.</summary>
    [Range(4_096, 1_048_576)]
    public int BlockBytes { get; set; } = 64 * 1024;

    /// <summary>Entries read from the log at once for a reader that is behind. Default 1,024; fewer where they are
    /// large: four times <see cref="BlockBytes"/> of content, and at most 1 MiB.</summary>
    [Range(16, 10_000)]
    public int CatchUpPage { get; set; } = 1_024;

    /// <summary>Milliseconds that a hole in what the feed is told may last before it is read from the log. Default
    /// 30.</summary>
    [Range(1, 10_000)]
    public int GapMilliseconds { get; set; } = 30;

    /// <summary>Milliseconds between two comparisons of all feeds with the database. Default 1,000: what a lost hint
    /// costs at most.</summary>
    [Range(50, 600_000)]
    public int HeadCheckMilliseconds { get; set; } = 1_000;

    /// <summary>Seconds that a feed without readers stays. Default 30.</summary>
    [Range(1, 86_400)]
    public int FeedIdleSeconds { get; set; } = 30;

    /// <summary>Seconds in which a reader must take what was written to it. Default 30. One that does not is cut and
    /// may resume.</summary>
    [Range(1, 3_600)]
    public int WriteTimeoutSeconds { get; set; } = 30;

    /// <summary>Conversations one connection may have joined at a time. Default 1,000. A further join is
    /// refused.</summary>
    [Range(1, 100_000)]
    public int JoinsPerConnection { get; set; } = 1_000;
}

[OptionsValidator]
internal sealed partial class FanOutOptionsValidator : IValidateOptions<FanOutOptions>;
