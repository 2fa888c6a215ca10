using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Core;

/// <summary>Settings <c>Chat:Core</c>: how messages are accepted.</summary>
internal sealed class CoreOptions
{
    /// <summary>Whether there is the lobby, the conversation that anyone may join, and with it the room of REST.
    /// Default true. Without, its id is answered like that of a conversation that does not exist; what is stored of it
    /// stays.</summary>
    public bool Lobby { get; set; } = true;

    /// <summary>Most loops that commit at once, each with its share of the conversations; how many there are is chosen
    /// by what was measured (<see cref="MessageLog.LaneChoice"/>). Default 4 on PostgreSQL; SQLite has one writer and
    /// always one lane.</summary>
    [Range(1, 64)]
    public int AppendLanes { get; set; } = 4;

    /// <summary>Maximum number of entries per transaction. Default 512.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 512;

    /// <summary>Maximum number of waiting entries per lane. Default 8,192. When a lane is full, a send waits, see
    /// <see cref="FullLaneMilliseconds"/>.</summary>
    [Range(1, 1_000_000)]
    public int LaneCapacity { get; set; } = 8_192;

    /// <summary>Milliseconds that a send waits for room in a full lane, or for a conversation that another session has
    /// locked, before it is refused and not stored. Default 5,000.</summary>
    [Range(0, 60_000)]
    public int FullLaneMilliseconds { get; set; } = 5_000;

    /// <summary>Milliseconds in which the server looks up the outcome of a commit whose connection broke. Default
    /// 5,000.</summary>
    [Range(0, 60_000)]
    public int InDoubtMilliseconds { get; set; } = 5_000;

    /// <summary>Maximum number of concurrent sends per connection. Default 64. Further ones wait in the client's
    /// socket.</summary>
    [Range(1, 10_000)]
    public int SendsInFlightPerConnection { get; set; } = 64;

    /// <summary>Seconds that a user's access to a conversation is cached. Default 30. A change by another instance may
    /// take this long to apply.</summary>
    [Range(0, 3_600)]
    public int AccessCacheSeconds { get; set; } = 30;

    /// <summary>Maximum number of cached accesses. Default 200,000; beyond it they are read again.</summary>
    [Range(100, 100_000_000)]
    public int AccessCacheSize { get; set; } = 200_000;
}

[OptionsValidator]
internal sealed partial class CoreOptionsValidator : IValidateOptions<CoreOptions>;
