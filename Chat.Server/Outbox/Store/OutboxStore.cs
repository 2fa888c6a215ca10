using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Outbox.Store;

/// <summary>Over a context of the application, of whatever database EF Core knows.</summary>
internal sealed class OutboxStore<TContext>(IServiceScopeFactory scopes) : IOutboxStore
    where TContext : DbContext
{
    /// <summary>So many refused rows are shown.</summary>
    private const int Shown = 50;

    public string Name => typeof(TContext).Name;

    public Task<List<OutboxRow>> FindAsync(Guid process, CancellationToken ct) => RunAsync(
        (rows, token) => Sendable(rows, rows.Where(row => row.Process == process), IOutboxStore.Batch)
            .ToListAsync(token), ct);

    public Task<List<OutboxRow>> FindOthersAsync(Guid process, DateTime before, CancellationToken ct) => RunAsync(
        (rows, token) => Sendable(
                rows, rows.Where(row => row.Process != process && row.CreatedAt < before), IOutboxStore.OthersBatch)
            .ToListAsync(token), ct);

    public Task DeleteAsync(IReadOnlyCollection<long> numbers, CancellationToken ct) => RunAsync(
        (rows, token) => rows.Where(row => numbers.Contains(row.Number)).ExecuteDeleteAsync(token), ct);

    public Task RefuseAsync(long number, string why, CancellationToken ct)
    {
        var cut = why[..Math.Min(why.Length, OutboxModel.MaxError)];
        return RunAsync((rows, token) => rows.Where(row => row.Number == number)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.Error, cut), token), ct);
    }

    public Task<List<OutboxRow>> FindRefusedAsync(CancellationToken ct) => RunAsync(
        (rows, token) => rows.Where(row => row.Error != null).OrderBy(row => row.Number).Take(Shown).AsNoTracking()
            .ToListAsync(token), ct);

    public async Task<bool> EndRefusalAsync(long number, bool isTriedAgain, CancellationToken ct) => await RunAsync(
        (rows, token) =>
        {
            var refused = rows.Where(row => row.Number == number && row.Error != null);
            return isTriedAgain
                ? refused.ExecuteUpdateAsync(row => row.SetProperty(r => r.Error, (string?)null), token)
                : refused.ExecuteDeleteAsync(token);
        }, ct) > 0;

    private static IQueryable<OutboxRow> Sendable(IQueryable<OutboxRow> all, IQueryable<OutboxRow> some, int most) =>
        some.Where(row => row.Error == null
                && !all.Any(held => held.Error != null && held.ConversationId == row.ConversationId))
            .OrderBy(row => row.Number).Take(most).AsNoTracking();

    private async Task<T> RunAsync<T>(
        Func<IQueryable<OutboxRow>, CancellationToken, Task<T>> use, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        return await use(OutboxModel.RowsOf(db).IgnoreQueryFilters(), ct);
    }
}
