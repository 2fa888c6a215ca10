using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Retention;

/// <summary>Settings <c>Chat:Retention</c>: how long the content of messages is kept.</summary>
internal sealed class RetentionOptions
{
    /// <summary>Days after which the content of a message is erased, in whole days (UTC): it goes when the day on which
    /// the message was sent ended that many days ago. Default 0: never. The message keeps its place in the log, its
    /// sender and its time.</summary>
    [Range(0, 36_500)]
    public int MessageDays { get; set; }
}

[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
