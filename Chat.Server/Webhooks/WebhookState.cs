namespace Chat.Server.Webhooks;

/// <summary>How an endpoint is, as operators are shown it.</summary>
/// <param name="Name">Which.</param>
/// <param name="FailingSince">Since when it takes nothing; null: it does.</param>
/// <param name="DisabledAt">Since when nothing is posted; null: it is.</param>
/// <param name="Reason">What it failed with, or why it was disabled.</param>
/// <param name="EntriesBehind">Numbers of rows that it was not told of yet; some may have no row.</param>
/// <param name="Parked">Conversations that are tried again apart from the others.</param>
internal sealed record WebhookState(
    string Name, DateTimeOffset? FailingSince, DateTimeOffset? DisabledAt, string? Reason, long EntriesBehind,
    int Parked)
{
    public string Word => DisabledAt is not null ? "disabled" : FailingSince is not null ? "failing" : "working";
}
