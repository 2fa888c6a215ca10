namespace Chat.Server.Observers.Admin;

/// <param name="ConversationId">Which.</param>
/// <param name="Seq">Up to which sequence it was shown.</param>
/// <param name="Attempts">How often it failed in a row since.</param>
/// <param name="NextAt">When it is tried again.</param>
/// <param name="Error">What it failed with; null: it was moved.</param>
internal sealed record ParkedBody(
    Guid ConversationId, long Seq, int Attempts, DateTimeOffset NextAt, string? Error);
