using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Text;

namespace Chat.Contracts.Rules;

/// <summary>What a question about users, and a user's name, must be.</summary>
public static class UserRules
{
    /// <summary>Checks whom a question is about. Null when it is as allowed.</summary>
    /// <param name="users">Who; a client may send null where the contract has none.</param>
    /// <param name="distinct">The users, each once, in the order given.</param>
    public static RuleViolation? Check(IReadOnlyList<UserId>? users, out List<UserId> distinct)
    {
        var field = ChatField.UserIds;
        distinct = users?.Where(user => user != default).Distinct().ToList() ?? [];
        if (users?.Count > ChatLimits.UsersPage)
            return new(field, $"{field} must include at most {ChatLimits.UsersPage} user ids");
        return distinct.Count > 0 ? null : new(field, $"{field} must include at least one user id");
    }

    /// <summary>Checks the name that a user is given. Null when it is as allowed.</summary>
    /// <param name="given">The name; null or empty takes it away.</param>
    /// <param name="name">The name as it is kept: in form NFC, without outer spaces; null for none.</param>
    public static RuleViolation? CheckName(string? given, out string? name)
    {
        name = Nfc.OfName(ChatText.Trim(given ?? ""));
        if (name?.Length > 0)
            return TextRules.Check(ChatField.UserName, name, ChatLimits.UserNameLength)
                ?? NameRules.Check(ChatField.UserName, name);
        name = null;
        return null;
    }
}
