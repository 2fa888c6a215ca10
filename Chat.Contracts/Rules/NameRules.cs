using Chat.Contracts.Identifiers;
using Chat.Contracts.Text;

namespace Chat.Contracts.Rules;

/// <summary>What a new name must be: of a user, or of a conversation. Names that were given before these rules stay
/// readable.</summary>
public static class NameRules
{
    private const string Problem =
        "must not contain invisible characters, or characters that change the direction of text";

    /// <summary>Null when every character of the name is visible; else what is wrong, as the continuation of the
    /// field's name.</summary>
    public static string? FindProblem(string name) => Invisible.IsIn(name) ? Problem : null;

    /// <summary>Checks a title. Null when it is as allowed.</summary>
    public static RuleViolation? Check(ChatField field, string title) =>
        Invisible.IsIn(title) ? new(field, $"{field} {Problem}") : null;

    /// <summary>Checks new participants. Null when all are as allowed.</summary>
    public static RuleViolation? Check(ChatField field, IEnumerable<UserId> users) =>
        users.Any(user => Invisible.IsIn(user.Value)) ? new(field, $"each of {field} {Problem}") : null;
}
