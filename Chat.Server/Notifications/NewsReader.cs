using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Notifications;

/// <summary>Reads on from the jobs' cursors in the logs.</summary>
internal sealed class NewsReader(IMessageStore messages, JobCursors cursors, NotificationsOptions options)
{
    private const int Page = 500;

    /// <summary>So many logs are read at once: the connections are for others too.</summary>
    private const int AtOnce = 4;

    /// <summary>The next page of each conversation that has something new.</summary>
    public async Task<List<NewsPage>> ReadAsync(IReadOnlyCollection<GatherTask> tasks, CancellationToken ct)
    {
        var found = await cursors.FindAsync([.. tasks.Select(task => GatherTask.CursorOf(task.Conversation))], ct);
        var pages = new List<NewsPage>(tasks.Count);
        foreach (var some in tasks.Chunk(AtOnce))
            pages.AddRange((await Task.WhenAll(some.Select(task => ReadAsync(task, found, ct)))).OfType<NewsPage>());
        return pages;
    }

    private async Task<NewsPage?> ReadAsync(
        GatherTask task, IReadOnlyDictionary<string, long> found, CancellationToken ct)
    {
        long? cursor = found.TryGetValue(GatherTask.CursorOf(task.Conversation), out var position) ? position : null;
        var entries = await messages.ReadAfterAsync(task.Conversation, cursor ?? task.After, Page, ct);
        return NewsPage.From(task.Conversation, cursor, entries, options.PreviewCharacters);
    }
}
