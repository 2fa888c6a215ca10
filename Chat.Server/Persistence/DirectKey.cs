using System.Security.Cryptography;
using System.Text;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence;

/// <summary>Names a set of users by 64 characters, so that a unique index can hold it.</summary>
internal static class DirectKey
{
    /// <summary>User ids hold no control characters, so a line break parts them without doubt.</summary>
    public static string Of(IEnumerable<UserId> users) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join('\n', users.Select(u => u.Value).Distinct().Order(StringComparer.Ordinal)))));
}
