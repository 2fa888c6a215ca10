using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.Server.Identity;

/// <summary>Reads the id of a user as somebody else has proven it: an issuer of tokens, or the application.</summary>
internal static class ProvenId
{
    /// <summary>The id is the text as it is: to the issuer, another spelling is another user.</summary>
    /// <returns>Null, or what is wrong, behind "that".</returns>
    public static string? FindProblem(string text, out UserId id)
    {
        if (!UserId.TryCreate(text, out id, out var problem)) return problem;
        if (NameRules.FindProblem(text) is { } invisible) return invisible;
        return id.Value == text && text.Trim() == text
            ? null
            : "is not in Unicode's form NFC, or has outer spaces";
    }
}
