using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Server.Presence;
using Chat.Server.Rights;
using Chat.Server.Safety.Reports;
using Chat.Server.Transports.SignalR;
using Chat.Server.Users;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Tenants;

/// <summary>All that transports call, without transports and without anything that runs by itself. It writes down what
/// the database is asked.</summary>
internal sealed class TenantHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly StatementWatch _watch;

    public TenantHost(DatabaseSettings settings)
    {
        _watch = new StatementWatch(settings);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<ChatMetrics>();
        services.AddPersistence(settings);
        services.AddMemoryBudget();
        services.AddFanOut();
        services.AddChatCore();
        services.AddPresence();
        services.AddOpenConnections();
        services.AddUsers();
        services.AddAudit();
        services.AddRights();
        services.AddReports();
        _watch.AddTo(services);
        _services = services.BuildServiceProvider();
    }

    /// <summary>Called with each method of the stores of the log, before it asks the database.</summary>
    public Action<string>? Asking { set => _watch.Asking = value; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>What came of the call, and what the database was asked for it.</summary>
    public async Task<(string Outcome, string Statements)> RunAsync(Func<TenantHost, Task<object?>> call)
    {
        _watch.Take();
        string outcome;
        try
        {
            outcome = $"{await call(this).WaitAsync(Bounds.Wait)}";
        }
        catch (Exception e) when (e is ChatException or StoreException)
        {
            outcome = $"{e.GetType().Name} {(e as ChatException)?.Code} {e.Message}";
        }
        return (outcome, string.Join('\n', _watch.Take()));
    }

    public ClientWriter WriterOf(Caller caller) => new SilentWriter(caller.User, Get<WriterContext>());

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await _services.DisposeAsync();
    }

    private sealed class SilentWriter(UserKey user, WriterContext context)
        : ClientWriter(user, HubFormat.Instance, context)
    {
        protected override CancellationToken Closed => CancellationToken.None;

        public override void Abort() { }

        protected override ValueTask WriteAsync(EncodedBlock block) => default;

        protected override ValueTask WriteRemovedAsync(ConversationId conversation) => default;
    }
}
