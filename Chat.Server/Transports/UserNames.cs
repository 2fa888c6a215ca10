using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports;

/// <summary>User ids as raw frames and REST have them: texts.</summary>
internal static class UserNames
{
    /// <exception cref="ChatException">It is no user id.</exception>
    public static UserId ParseOne(string? text, ChatField field)
    {
        if (string.IsNullOrEmpty(text)) throw new ChatException(new RuleViolation(field, $"{field} is required"));
        return UserId.TryCreate(text, out var user, out var problem)
            ? user
            : throw new ChatException(new RuleViolation(field, $"{field} {problem}"));
    }

    /// <exception cref="ChatException">One of them is no user id.</exception>
    public static List<UserId> Parse(IReadOnlyCollection<string>? texts, ChatField field)
    {
        var users = new List<UserId>(texts?.Count ?? 0);
        foreach (var text in texts ?? [])
        {
            if (!UserId.TryCreate(text, out var user, out var problem))
                throw new ChatException(new RuleViolation(field, $"each of {field} {problem}"));
            users.Add(user);
        }
        return users;
    }
}
