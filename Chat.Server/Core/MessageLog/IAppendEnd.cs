namespace Chat.Server.Core.MessageLog;

/// <summary>Is told how its appends have ended, in place of a task for each. The lane tells it, between two commits: it
/// must be quick and throw nothing.</summary>
internal interface IAppendEnd
{
    /// <summary>The entry is durable and announced.</summary>
    void Stored(in Appended stored);

    /// <summary>It is not stored, or that is not known.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="dedupeKey">The sender's name for it, or null.</param>
    void Refused(ChatException refusal, string? dedupeKey);
}
