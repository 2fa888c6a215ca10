using System.Text.RegularExpressions;

namespace Chat.Contracts.Errors;

/// <summary>A refusal: what kind, and in words what was wrong and what is allowed.</summary>
/// <remarks>A hub error's text is <c>code: message</c> (<see cref="ToHubText"/>), because SignalR carries only a
/// text. Of a code that is not known (<see cref="ChatErrorCode.Unknown"/>) the message is that whole text.</remarks>
public sealed partial record ChatError(ChatErrorCode Code, string Message)
{
    /// <summary>The text of a hub error: <c>bad_request: body must not be empty</c>.</summary>
    public string ToHubText() => Code == ChatErrorCode.Unknown ? Message : $"{Code.ToWire()}: {Message}";

    /// <summary>Finds the refusal in the text of a hub error, also where SignalR put words of its own before it. Null
    /// when there is none.</summary>
    public static ChatError? FromHubText(string text)
    {
        const string prefix = "HubException: ";
        var at = text.IndexOf(prefix, StringComparison.Ordinal);
        var own = at < 0 ? text : text[(at + prefix.Length)..];
        var colon = own.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0) return null;
        var word = own[..colon];
        if (!Word().IsMatch(word)) return null;
        var code = ChatErrorCodes.FromWire(word);
        return new ChatError(code, code == ChatErrorCode.Unknown ? own : own[(colon + 2)..]);
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z")]
    private static partial Regex Word();
}
