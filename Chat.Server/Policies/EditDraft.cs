using Chat.Contracts.Commands;

namespace Chat.Server.Policies;

/// <summary>What a message is to say from now on. May be replaced, but for its message and its dedupe key.</summary>
/// <param name="TargetSequence">The message.</param>
/// <param name="Content">What it is to say.</param>
public sealed record EditDraft(long TargetSequence, EditMessage Content) : EntryDraft;
