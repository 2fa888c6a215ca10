using Chat.Contracts.Entries;

namespace Chat.Server;

/// <summary>Is shown the entries of all conversations after they were committed: for search, push, derived views.
/// </summary>
/// <remarks>Every committed entry comes at least once, and those of a conversation come in the order of their
/// sequences. After a crash, a stop or a rewind what was shown before may come again: entries with equal conversation
/// and sequence are the same entry. One instance shows at a time, from a mark that the database keeps.</remarks>
public interface IChatObserver
{
    /// <summary>Is shown some entries, of any conversations; of each in ascending order. When it ends they are done.
    /// </summary>
    /// <param name="entries">1 to <see cref="ChatObserverOptions.BatchSize"/> entries.</param>
    /// <param name="ct">Cancelled when the instance stops, or another one may go on in its place: what is not done
    /// then is shown again.</param>
    /// <exception cref="Exception">Whatever it throws: the batch is shown again, each conversation alone, and a
    /// conversation that still fails again and again later, while the others go on.</exception>
    Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct);
}
