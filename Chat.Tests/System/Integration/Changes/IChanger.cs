using Chat.Contracts.Entries;

namespace Chat.Tests.Integration.Changes;

/// <summary>A user with a connection of whatever kind: changes messages, and is shown the log.</summary>
internal interface IChanger : IAsyncDisposable
{
    string User { get; }

    Task<ChangeOutcome> DoAsync(Change change);

    /// <summary>The connection is lost, perhaps in the middle of what is asked meanwhile.</summary>
    Task CutAsync();

    /// <summary>Ends when it was shown so far; all that it was shown, as it was shown.</summary>
    Task<IReadOnlyList<ConversationEntry>> ShownAsync(long head);
}
