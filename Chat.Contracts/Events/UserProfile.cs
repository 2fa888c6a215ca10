using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>What is shown of a user in place of the id.</summary>
/// <param name="UserId">The user's id: the one field to compare users by.</param>
/// <param name="Name">Several users may have the same. Null: none was given, and the id is shown.</param>
public sealed record UserProfile(UserId UserId, string? Name);
