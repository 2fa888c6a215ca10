using Chat.Server.Outbox.Store;

namespace Chat.Server.Outbox;

/// <summary>Rows that wait in a database of the application.</summary>
internal interface IOutboxStore
{
    /// <summary>The most rows that are sent together.</summary>
    const int Batch = 500;

    /// <summary>Which context has them, for the log.</summary>
    string Name { get; }

    /// <summary>The oldest that may be sent: those of this process, and others' that are older than
    /// <paramref name="before"/>; in their order, and none of a conversation in which one was refused.</summary>
    Task<List<OutboxRow>> FindAsync(Guid process, DateTime before, CancellationToken ct);

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
