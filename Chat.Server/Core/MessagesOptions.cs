using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Core;

/// <summary>Settings <c>Chat:Messages</c>: how messages may change.</summary>
internal sealed class MessagesOptions
{
    /// <summary>Minutes in which authors may edit a message, by the database's clock. Default 0: for ever.</summary>
    [Range(0, 5_256_000)]
    public int EditMinutes { get; set; }

    /// <summary>Who pins messages: <c>Members</c> (default), or owners and moderators only
    /// (<c>Moderators</c>).</summary>
    public PinPolicy PinPolicy { get; set; } = PinPolicy.Members;

    /// <summary>Milliseconds between two entries that tell the reactions to one message, by the database's clock.
    /// Default 250. 0: each change is told at once.</summary>
    [Range(0, 60_000)]
    public int ReactionIntervalMilliseconds { get; set; } = 250;

    /// <summary>Whether edits and deletions are stored as soon as no server of an older version runs. Default true.
    /// False: not before another server has stored the first one; so a rolling upgrade can be taken back.</summary>
    public bool NewKinds { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class MessagesOptionsValidator : IValidateOptions<MessagesOptions>;
