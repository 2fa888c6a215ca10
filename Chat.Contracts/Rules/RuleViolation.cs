using System.Globalization;
using Chat.Contracts.Errors;

namespace Chat.Contracts.Rules;

/// <summary>What is wrong with a request and what is allowed.</summary>
/// <param name="Field">The field that is wrong.</param>
/// <param name="Words">The text. The fields in it are arguments of type <see cref="ChatField"/>, so that each transport
/// spells them its way.</param>
public sealed record RuleViolation(ChatField Field, FormattableString Words)
{
    /// <summary>The text, with fields as <paramref name="spell"/> writes them; by default as the hub does.</summary>
    public string ToText(Func<ChatField, string>? spell = null)
    {
        if (spell is null) return Words.ToString(CultureInfo.InvariantCulture);
        var arguments = Words.GetArguments().Select(argument => argument is ChatField field ? spell(field) : argument);
        return string.Format(CultureInfo.InvariantCulture, Words.Format, [.. arguments]);
    }

    /// <summary>The refusal: <c>bad_request</c> with <see cref="ToText"/>.</summary>
    public ChatError ToError(Func<ChatField, string>? spell = null) => new(ChatErrorCode.BadRequest, ToText(spell));
}
