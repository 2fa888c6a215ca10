using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Runs work on a fresh context and turns the providers' exceptions into
/// <see cref="StoreException"/>.</summary>
internal sealed class ChatDatabase(IDbContextFactory<ChatDbContext> contexts)
{
    public async Task<T> RunAsync<T>(Func<ChatDbContext, Task<T>> work, CancellationToken ct)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(ct);
            return await work(context);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Saves; false when a unique index says that somebody else was faster.</summary>
    public static async Task<bool> TrySaveAsync(ChatDbContext context, CancellationToken ct)
    {
        try
        {
            await context.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException exception) when (DatabaseFailures.IsUniqueViolation(exception))
        {
            context.ChangeTracker.Clear();
            return false;
        }
    }
}
