namespace Chat.Server.Persistence.Entries;

/// <summary>What goes with a ban or a mute.</summary>
/// <param name="Until">When it ends by itself; null: it does not.</param>
/// <param name="Reason">Why; empty: no reason was given.</param>
internal sealed record RoleTerms(DateTimeOffset? Until, string Reason);
