using System.Text;
using Chat.Contracts.Protocol;
using Chat.Contracts.Text;

namespace Chat.Contracts.Rules;

/// <summary>What reactions to a message may be.</summary>
public static class ReactionRules
{
    /// <summary>Checks a user's whole set of reactions to a message. Null when it is as allowed.</summary>
    /// <param name="targetSequence">The message.</param>
    /// <param name="given">The keys; a client may send null where the contract has none.</param>
    /// <param name="keys">Each key once, by its characters, when null is returned.</param>
    public static RuleViolation? Check(
        long targetSequence, IReadOnlyList<string>? given, out IReadOnlyList<string> keys)
    {
        keys = [];
        if (AmendmentRules.Target.Check(targetSequence) is { } noTarget) return noTarget;
        var field = ChatField.Keys;
        if (given is null) return new(field, $"{field} must be a list; an empty one takes all reactions away");
        var distinct = given.Distinct(StringComparer.Ordinal).ToArray();
        if (distinct.Length > ChatLimits.ReactionsPerUser)
            return new(field, $"{field} must include at most {ChatLimits.ReactionsPerUser} reactions");
        if (!distinct.All(IsKey)) return WrongKey(field);
        Array.Sort(distinct, Compare);
        keys = distinct;
        return null;
    }

    /// <summary>Checks a question for who has put which reactions. Null when it is as allowed.</summary>
    /// <param name="targetSequence">The message.</param>
    /// <param name="key">Which reaction; null: all.</param>
    public static RuleViolation? Check(long targetSequence, string? key) =>
        AmendmentRules.Target.Check(targetSequence)
        ?? (key is null || IsKey(key) ? null : WrongKey(ChatField.Key));

    /// <summary>Whether a text may be a reaction: one emoji of at most 64 bytes in UTF-8, or a name between colons of
    /// at most 32 characters.</summary>
    /// <param name="key">The text; null is none.</param>
    public static bool IsKey(string? key) =>
        key is { Length: > 0 and <= ChatLimits.ReactionBytes }
        && (key[0] == ':' ? IsName(key)
            : Emoji.IsOne(key) && Encoding.UTF8.GetByteCount(key) <= ChatLimits.ReactionBytes);

    /// <summary>The order of keys: by their bytes in UTF-8, as databases sort them.</summary>
    /// <param name="one">A key.</param>
    /// <param name="other">Another one.</param>
    public static int Compare(string one, string other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    /// <summary>The refusal of one more reaction than a message may have.</summary>
    public static RuleViolation TooMany() =>
        new(ChatField.Keys, $"a message can have at most {ChatLimits.ReactionsPerMessage} different reactions");

    private static bool IsName(string key)
    {
        if (key.Length is < 3 or > ChatLimits.ReactionNameLength || key[^1] != ':') return false;
        foreach (var c in key.AsSpan(1, key.Length - 2))
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('_' or '-' or '+')) return false;
        return true;
    }

    private static RuleViolation WrongKey(ChatField field) => new(field,
        $"{field}: each must be one emoji, or :a_name: of at most {ChatLimits.ReactionNameLength} characters");
}
