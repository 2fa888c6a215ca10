using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Notifications;

/// <summary>Settings <c>Chat:Notifications</c>: webhooks for messages to participants who are not connected.</summary>
internal sealed class NotificationsOptions
{
    /// <summary>The webhooks: absolute https addresses, separated by commas; each gets all notices. Default:
    /// none.</summary>
    public string Endpoints { get; set; } = "";

    /// <summary>The key of the signatures, at least 16 characters; required with endpoints. Two keys, separated by a
    /// comma, while one replaces the other: each signs.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Addresses may be http. Default false; http to this machine itself is always allowed.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Seconds in which the messages of a conversation are gathered into one notice. Default 10.</summary>
    [Range(0, 3_600)]
    public int GatherSeconds { get; set; } = 10;

    /// <summary>Seconds that one attempt may take. Default 10.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Number of retries of a notice that was not accepted, at growing intervals. Default 12; then its task is
    /// archived.</summary>
    [Range(0, 100)]
    public int MaxRetry { get; set; } = 12;

    /// <summary>Number of failures in a row after which an endpoint is paused for <see cref="BreakSeconds"/>. Default
    /// 5.</summary>
    [Range(2, 1_000)]
    public int BreakAfter { get; set; } = 5;

    /// <summary>Seconds that an endpoint is paused. Default 30.</summary>
    [Range(1, 3_600)]
    public int BreakSeconds { get; set; } = 30;

    /// <summary>Characters, as users see them, of each message's text that are told. Default 200; 0: none of
    /// it.</summary>
    [Range(0, 10_000)]
    public int PreviewCharacters { get; set; } = 200;

    /// <summary>Whether anybody is told.</summary>
    internal bool IsOn => Parts(Endpoints).Length > 0;

    internal TimeSpan Gather => TimeSpan.FromSeconds(GatherSeconds);

    /// <summary>The addresses, each once.</summary>
    internal IReadOnlyList<WebhookAddress> Addresses() =>
        [.. Parts(Endpoints).Distinct().Select(text => new WebhookAddress(new Uri(text, UriKind.Absolute)))
            .DistinctBy(address => address.Id)];

    /// <summary>The keys, the current one first.</summary>
    public IReadOnlyList<string> Secrets() => Parts(Secret);

    internal static string[] Parts(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

[OptionsValidator]
internal sealed partial class NotificationsOptionsRanges : IValidateOptions<NotificationsOptions>;
