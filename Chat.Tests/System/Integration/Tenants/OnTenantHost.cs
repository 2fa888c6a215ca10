using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Tenants;

/// <summary>Tests on a <see cref="TenantHost"/> of their own, on both databases.</summary>
public abstract class OnTenantHost : IAsyncLifetime
{
    internal TestDatabase Database { get; private set; } = null!;

    internal TenantHost Host { get; private set; } = null!;

    internal abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        if (Kind == DatabaseKind.Postgres && RequiredTools.PostgresSkipReason is not null) return;
        Database = await TestDatabase.CreateAsync(Kind);
        Host = new TenantHost(Database.Settings);
    }

    public async Task DisposeAsync()
    {
        if (Database is null) return;
        await Host.DisposeAsync();
        await Database.DisposeAsync();
    }
}
