using System.Diagnostics;
using System.Reflection;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Server.Presence;
using Chat.Server.Transports.SignalR;
using Chat.Server.Users;
using Chat.Tests.Fixtures;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Tenants;

/// <summary>All that transports call, without transports and without anything that runs by itself. It writes down what
/// the database is asked.</summary>
internal sealed class TenantHost : IAsyncDisposable, IObserver<DiagnosticListener>,
    IObserver<KeyValuePair<string, object?>>
{
    private readonly ServiceProvider _services;
    private readonly string _connectionString;
    private readonly List<string> _statements = [];
    private readonly List<IDisposable> _listening = [];

    public TenantHost(DatabaseSettings settings)
    {
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
        var store = services.Single(service => service.ServiceType == typeof(IMessageStore));
        services.Remove(store);
        services.AddSingleton(provider => StatementProxy.Of(
            (IMessageStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!), Note));
        _services = services.BuildServiceProvider();
        _connectionString = settings.ConnectionString;
        _listening.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>What came of the call, and what the database was asked for it.</summary>
    public async Task<(string Outcome, string Statements)> RunAsync(Func<TenantHost, Task<object?>> call)
    {
        lock (_statements) _statements.Clear();
        string outcome;
        try
        {
            outcome = $"{await call(this).WaitAsync(Bounds.Wait)}";
        }
        catch (Exception e) when (e is ChatException or StoreException)
        {
            outcome = $"{e.GetType().Name} {(e as ChatException)?.Code} {e.Message}";
        }
        lock (_statements) return (outcome, string.Join('\n', _statements));
    }

    public ClientWriter WriterOf(Caller caller) => new SilentWriter(caller.User, Get<WriterContext>());

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _listening) one.Dispose();
        await _services.DisposeAsync();
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore") _listening.Add(value.Subscribe(this));
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        // Other tests run at the same time, on databases of their own.
        if (value.Key == RelationalEventId.CommandExecuting.Name
            && value.Value is CommandEventData { Command: var made }
            && IsOfThis(made.Connection?.ConnectionString ?? "")) Note(made.CommandText);
    }

    void IObserver<DiagnosticListener>.OnCompleted() { }

    void IObserver<DiagnosticListener>.OnError(Exception error) { }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted() { }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) { }

    private void Note(string statement)
    {
        lock (_statements) _statements.Add(statement);
    }

    private bool IsOfThis(string connectionString) => connectionString.Contains(NameOf(_connectionString),
        StringComparison.Ordinal);

    private static string NameOf(string connectionString) =>
        connectionString.Split(';').First(part => part.StartsWith("Database=", StringComparison.OrdinalIgnoreCase)
            || part.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase)).Split('=')[1];

    /// <summary>The store, each call of which is a fixed statement.</summary>
    private class StatementProxy : DispatchProxy
    {
        private IMessageStore _inner = null!;
        private Action<string> _note = null!;

        public static IMessageStore Of(IMessageStore inner, Action<string> note)
        {
            var made = Create<IMessageStore, StatementProxy>();
            (((StatementProxy)(object)made)._inner, ((StatementProxy)(object)made)._note) = (inner, note);
            return made;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _note(targetMethod!.Name);
            return targetMethod.Invoke(_inner, args);
        }
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
