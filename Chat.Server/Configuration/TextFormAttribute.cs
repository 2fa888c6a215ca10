using System.ComponentModel.DataAnnotations;

namespace Chat.Server.Configuration;

/// <summary>As <see cref="RegularExpressionAttribute"/>, but an empty text costs a start no expression.</summary>
/// <param name="pattern">What the whole text must match, unless it is empty.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextFormAttribute(string pattern) : ValidationAttribute
{
    public string Pattern => pattern;

    public override bool IsValid(object? value) =>
        value is not string { Length: > 0 } text || new RegularExpressionAttribute(pattern).IsValid(text);
}
