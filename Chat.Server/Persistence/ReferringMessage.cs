using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence;

/// <summary>A message that refers to users or stands in a thread.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="SenderId">Who sent it.</param>
/// <param name="Thread">The first message of its thread; null: it is in none.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="Payload">As it was sent.</param>
/// <param name="Version">The entry that has its content now.</param>
/// <param name="PayloadNow">As it is now.</param>
internal sealed record ReferringMessage(
    long Sequence, UserId SenderId, long? Thread, DateTimeOffset CreatedAt, string? Payload, long Version,
    string? PayloadNow)
{
    /// <summary>Whom it names now.</summary>
    public IEnumerable<string> Named => NamesIn(PayloadNow);

    /// <summary>Whom it named when it was sent.</summary>
    public IEnumerable<string> NamedFirst => NamesIn(Payload);

    private static IEnumerable<string> NamesIn(string? payload) =>
        new EntryContent(EntryKind.Message) { Payload = EntryPayload.Parse(payload) }.Mentioned;
}
