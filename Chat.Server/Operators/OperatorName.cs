using Chat.Contracts.Rules;
using Chat.Server.Callers;

namespace Chat.Server.Operators;

/// <summary>What an operator says to be called, for the log.</summary>
internal static class OperatorName
{
    private const int Longest = 64;

    /// <summary>One line of at most 64 UTF-16 units, whatever was given.</summary>
    public static string Of(string? given)
    {
        var text = new string([.. (given ?? "").Where(c => !char.IsControl(c))]).Trim();
        return EntryPreview.Beginning(text, Longest, Longest);
    }

    /// <summary>One who has the operators' own key.</summary>
    /// <param name="name">What <see cref="Of"/> made; empty: nothing is said of that.</param>
    public static KeyHolder HolderOf(string name) =>
        new(name.Length > 0 ? $"operator:{name}" : "operator", KeyScopes.All, Own: null);
}
