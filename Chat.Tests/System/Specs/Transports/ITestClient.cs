using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs.Transports;

/// <summary>One user on one transport, in the words that all transports share.</summary>
internal interface ITestClient : IAsyncDisposable
{
    string User { get; }

    /// <summary>Joins, after a position of <see cref="Seen.Position"/> when one is given.</summary>
    Task JoinAsync(ConversationId conversation, long? after = null);

    Task LeaveAsync(ConversationId conversation);

    /// <summary>Ends when the message is durable. A refusal is a <see cref="RefusedException"/>.</summary>
    Task SendAsync(ConversationId conversation, string body, string? dedupeKey = null);

    /// <summary>The next message, from any joined conversation.</summary>
    Task<Seen> NextAsync();

    /// <summary>Loses the connection without a word.</summary>
    Task CutAsync();
}

/// <summary>A message as a client saw it.</summary>
/// <param name="Position">What to resume after on this transport: the sequence, or the room's message id.</param>
/// <param name="Sender">Who.</param>
/// <param name="Body">What.</param>
internal sealed record Seen(long Position, string Sender, string? Body);

/// <summary>The server said no.</summary>
/// <param name="code">The error code; <c>bad_request</c> for a REST answer of 400, <c>internal_error</c> for 500 and
/// 503.</param>
/// <param name="text">What is wrong.</param>
internal sealed class RefusedException(string code, string text) : Exception($"{code}: {text}")
{
    public string Code => code;

    public string Text => text;
}
