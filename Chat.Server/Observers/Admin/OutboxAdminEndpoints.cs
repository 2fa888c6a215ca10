using System.Data.Common;
using System.Globalization;
using Chat.Server.Core;
using Chat.Server.Outbox;
using Chat.Server.Persistence;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Observers.Admin;

/// <summary>Messages that were refused for good, in the outboxes of the application, for operators.</summary>
/// <remarks>They are in databases of the application, which may be away.</remarks>
internal sealed class OutboxAdminEndpoints(IEnumerable<IOutboxStore> outboxes, TimeProvider time)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    public async Task ListAsync(HttpContext http)
    {
        var refused = new List<RefusedBody>();
        foreach (var outbox in outboxes)
        {
            var rows = await AskAsync(outbox.FindRefusedAsync, http.RequestAborted);
            refused.AddRange(rows.Select(row => new RefusedBody(outbox.Name, row.Number, row.ConversationId,
                row.SenderId, new DateTimeOffset(DateTime.SpecifyKind(row.CreatedAt, DateTimeKind.Utc)), row.Error!)));
        }
        await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, new OutboxesBody(time.GetUtcNow(), refused),
            ObserverAdminJson.Default.OutboxesBody);
    }

    public async Task EndAsync(HttpContext http, bool isTriedAgain)
    {
        var query = http.Request.Query;
        var outbox = outboxes.FirstOrDefault(one => one.Name == query["outbox"].ToString())
            ?? throw new NotFoundException("outbox not found");
        if (!long.TryParse(query["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw ChatException.BadRequest("number must be that of a refused message");
        // The change is made even if the client does not wait for the answer.
        if (!await AskAsync(ct => outbox.EndRefusalAsync(number, isTriedAgain, ct), CancellationToken.None))
            throw new NotFoundException("message not found");
        await ChangedAnswer.WriteAsync(http);
    }

    /// <exception cref="StoreException">The database is not available.</exception>
    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(Bound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new StoreException(StoreFailure.Unavailable, "the database of an outbox is not available", e);
        }
    }
}
