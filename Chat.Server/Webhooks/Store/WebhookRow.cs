namespace Chat.Server.Webhooks.Store;

/// <summary>How an endpoint is: there is a row of one that has failed.</summary>
internal sealed class WebhookRow
{
    public const int NameLength = 64, ReasonLength = 500;

    public required string Name { get; init; }

    /// <summary>When it failed first since it last took something; null: it did not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Since when nothing is posted any more; null: it is.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>What it failed with, or why it was disabled.</summary>
    public string? Reason { get; init; }
}
