using Chat.Contracts.Commands;

namespace Chat.Server.Policies;

/// <summary>What is to be set for the conversation. Null stays as it is.</summary>
/// <param name="Changes">Title and settings.</param>
public sealed record ChangeDraft(ChangeConversation Changes) : EntryDraft;
