namespace Chat.Server.Persistence.Entries;

/// <summary>Who sent a reply.</summary>
internal sealed record ThreadPerson(long Thread, long Sequence, string UserId);
