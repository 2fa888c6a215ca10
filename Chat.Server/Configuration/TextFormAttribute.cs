using System.ComponentModel.DataAnnotations;

namespace Chat.Server.Configuration;

/// <summary>As <see cref="RegularExpressionAttribute"/>, which makes the expression also where nothing was set: at
/// every start.</summary>
/// <param name="pattern">What the whole text must match, unless it is empty.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextFormAttribute(string pattern) : ValidationAttribute
{
    public string Pattern => pattern;

    public override bool IsValid(object? value) =>
        value is not string { Length: > 0 } text || new RegularExpressionAttribute(pattern).IsValid(text);
}
