using System.Text.Json.Serialization;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Contracts.Text;

namespace Chat.Contracts.Identifiers;

/// <summary>The id of a user: 1 to <see cref="ChatLimits.UserIdLength"/> characters, no control characters, in form
/// NFC, compared byte by byte.</summary>
/// <remarks>The default value is not a user; it is never sent.</remarks>
[JsonConverter(typeof(UserIdConverter))]
public readonly record struct UserId : IComparable<UserId>
{
    private readonly string? _value;

    private UserId(string value) => _value = value;

    /// <summary>The text of the id; empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>Accepts a valid user id in any Unicode form; otherwise <paramref name="problem"/> says what is
    /// wrong.</summary>
    public static bool TryCreate(string? text, out UserId id, out string problem)
    {
        id = default;
        var name = Nfc.OfName(text);
        problem = UserIdRules.FindProblem(name) ?? "";
        if (problem.Length > 0) return false;
        id = new UserId(name!);
        return true;
    }

    /// <summary>The id for a text that is known to be valid.</summary>
    /// <exception cref="FormatException">The text is not a valid user id; the message says why.</exception>
    public static UserId Parse(string text) =>
        TryCreate(text, out var id, out var problem) ? id : throw new FormatException($"a user id {problem}");

    /// <summary>An id as it was stored, perhaps under older rules.</summary>
    /// <exception cref="FormatException">The text is not, and never was, a valid user id.</exception>
    public static UserId Stored(string text) =>
        UserIdRules.FindProblem(text) is { } problem
            ? throw new FormatException($"a user id {problem}")
            : new UserId(text);

    /// <inheritdoc />
    public int CompareTo(UserId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;
}
