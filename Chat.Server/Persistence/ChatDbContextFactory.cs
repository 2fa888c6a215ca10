using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Lets the stores ask for a context without knowing the provider.</summary>
internal sealed class ChatDbContextFactory<TContext>(IDbContextFactory<TContext> inner)
    : IDbContextFactory<ChatDbContext>
    where TContext : ChatDbContext
{
    public ChatDbContext CreateDbContext() => inner.CreateDbContext();

    public async Task<ChatDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await inner.CreateDbContextAsync(cancellationToken);
}
