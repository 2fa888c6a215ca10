using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Chat.Server.Outbox.Store;

/// <summary>Hears when a transaction of the application is committed. It begins none, and changes none.</summary>
/// <remarks>To ring without need costs a look at the table; what nobody rings for is found within a second.</remarks>
internal sealed class OutboxInterceptor(OutboxBell bell) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return new(result);
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        bell.Ring();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        bell.Ring();
        return Task.CompletedTask;
    }

    private void Saved(DbContext? db)
    {
        if (Transaction.Current is { } ambient) ambient.TransactionCompleted += (_, _) => bell.Ring();
        else if (db?.Database.CurrentTransaction is null) bell.Ring();
    }
}
