using System.Globalization;
using System.Text.RegularExpressions;

namespace Chat.Contracts.Errors;

/// <summary>A refusal: its code, and a text that says what was wrong and what is allowed.</summary>
/// <remarks>A hub error's text is <c>code: message</c> (<see cref="ToHubText"/>), because SignalR carries only a
/// text. When the code is not known (<see cref="ChatErrorCode.Unknown"/>), the message is that whole text.</remarks>
public sealed partial record ChatError(ChatErrorCode Code, string Message)
{
    /// <summary>How long to wait before the same is asked again, in whole milliseconds; null: it is not said.</summary>
    /// <remarks>The message ends in it, <c>retry in 800 ms</c>: a hub error has no other place for it.</remarks>
    public TimeSpan? RetryAfter =>
        Code is ChatErrorCode.RateLimited or ChatErrorCode.TooManyConnections && RetryTime().Match(Message) is
        { Success: true } match
            ? TimeSpan.FromMilliseconds(int.Parse(match.ValueSpan[RetryWords.Length..^3], CultureInfo.InvariantCulture))
            : null;

    /// <summary>Of a <see cref="ChatErrorCode.Conflict"/>: the version that the message has; null: it is not
    /// said.</summary>
    /// <remarks>The message ends in it, <c>it has version 17</c>: a hub error has no other place for it.</remarks>
    public long? Version =>
        Code == ChatErrorCode.Conflict && VersionNumber().Match(Message) is { Success: true } match
            ? long.Parse(match.ValueSpan[VersionWords.Length..], CultureInfo.InvariantCulture)
            : null;

    /// <summary>The refusal of an edit of another version than the message has.</summary>
    /// <param name="reason">What was wrong.</param>
    /// <param name="version">The version that it has.</param>
    public static ChatError WithVersion(string reason, long version) => new(ChatErrorCode.Conflict,
        string.Create(CultureInfo.InvariantCulture, $"{reason}{VersionWords}{version}"));

    /// <summary>Of a <see cref="ChatErrorCode.Forbidden"/>: the word for programs that the application gave with its
    /// refusal; null: it gave none.</summary>
    /// <remarks>The message ends in it, <c>; reason not_a_colleague</c>: a hub error has no other place for
    /// it.</remarks>
    public string? Reason =>
        Code == ChatErrorCode.Forbidden && ReasonWord().Match(Message) is { Success: true } match
            ? match.Value[ReasonWords.Length..]
            : null;

    /// <summary>A refusal by the application that the chat is part of.</summary>
    /// <param name="text">What the user is told.</param>
    /// <param name="reason">A word for programs, 1 to 64 of <c>[a-z0-9_.-]</c>, or null.</param>
    public static ChatError WithReason(string text, string? reason) => new(
        ChatErrorCode.Forbidden, reason is null ? text : text + ReasonWords + reason);

    /// <summary>A refusal with a time after which the same may be asked again.</summary>
    /// <param name="code">What kind.</param>
    /// <param name="reason">What was too much, and what is allowed.</param>
    /// <param name="retryAfter">The time; at least a millisecond is said, at most about 27 hours.</param>
    public static ChatError WithRetry(ChatErrorCode code, string reason, TimeSpan retryAfter)
    {
        var milliseconds = (int)Math.Clamp(Math.Ceiling(retryAfter.TotalMilliseconds), 1, 99_999_999);
        return new ChatError(code, string.Create(CultureInfo.InvariantCulture,
            $"{reason}{RetryWords}{milliseconds} ms"));
    }

    /// <summary>The text of a hub error: <c>bad_request: body must not be empty</c>.</summary>
    public string ToHubText() => Code == ChatErrorCode.Unknown ? Message : $"{Code.ToWire()}: {Message}";

    /// <summary>Finds the refusal in the text of a hub error, also behind SignalR's own text. Null when there is
    /// none.</summary>
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

    private const string RetryWords = "; retry in ";

    private const string VersionWords = "; it has version ";

    private const string ReasonWords = "; reason ";

    [GeneratedRegex(ReasonWords + @"[a-z0-9_.-]{1,64}\z")]
    private static partial Regex ReasonWord();

    [GeneratedRegex(RetryWords + @"[0-9]{1,8} ms\z")]
    private static partial Regex RetryTime();

    [GeneratedRegex(VersionWords + @"[0-9]{1,18}\z")]
    private static partial Regex VersionNumber();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z")]
    private static partial Regex Word();
}
