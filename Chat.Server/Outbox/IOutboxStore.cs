using Chat.Server.Outbox.Store;

namespace Chat.Server.Outbox;

/// <summary>Rows that wait in a database of the application.</summary>
internal interface IOutboxStore
{
    /// <summary>The most rows of this process that are sent together, and the most of others beside them: where all
    /// are behind, each is to send its own and not those of the others once more.</summary>
    const int Batch = 500, OthersBatch = 100;

    /// <summary>Which context has them, for the log.</summary>
    string Name { get; }

    /// <summary>The oldest of this process, in their order, and none of a conversation in which one was refused.
    /// </summary>
    Task<List<OutboxRow>> FindAsync(Guid process, CancellationToken ct);

    /// <summary>Likewise those of other processes that are older than <paramref name="before"/>: they may have ended.
    /// </summary>
    Task<List<OutboxRow>> FindOthersAsync(Guid process, DateTime before, CancellationToken ct);

    /// <summary>Deletes the rows whose messages are in the log. Another process may have done so already.</summary>
    Task DeleteAsync(IReadOnlyCollection<long> numbers, CancellationToken ct);

    /// <summary>It was refused for good. Its conversation goes on when somebody deletes the row, or sets
    /// <c>error</c> to null.</summary>
    Task RefuseAsync(long number, string why, CancellationToken ct);

    /// <summary>The oldest that were refused for good, at most 50.</summary>
    Task<List<OutboxRow>> FindRefusedAsync(CancellationToken ct);

    /// <summary>Tries a refused row again, or deletes it: those behind it in its conversation go on. False: there is
    /// no such row.</summary>
    Task<bool> EndRefusalAsync(long number, bool isTriedAgain, CancellationToken ct);
}
