using Chat.Contracts.Commands;

namespace Chat.Server.Policies;

/// <summary>A message. May be replaced, but for its dedupe key, the thread, and what it answers.</summary>
/// <param name="Body">The text, trimmed; null for none.</param>
/// <param name="Options">The rest.</param>
public sealed record SendDraft(string? Body, SendOptions Options) : EntryDraft;
