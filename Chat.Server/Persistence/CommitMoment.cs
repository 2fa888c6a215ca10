namespace Chat.Server.Persistence;

/// <summary>As of when a batch is stored.</summary>
/// <param name="Now">The time to store.</param>
/// <param name="Known">The senders were compared with all revocations up to this number: nothing is stored when there
/// is one beyond it. Null where there are none to compare with.</param>
internal readonly record struct CommitMoment(DateTimeOffset Now, long? Known)
{
    public static implicit operator CommitMoment(DateTimeOffset now) => new(now, Known: null);
}
