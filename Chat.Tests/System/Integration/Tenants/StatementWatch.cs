using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Tenants;

/// <summary>Writes down what one database is asked: the statements of EF Core, and the calls of the stores of the log,
/// each of which is a fixed statement.</summary>
internal sealed class StatementWatch : IDisposable, IObserver<DiagnosticListener>,
    IObserver<KeyValuePair<string, object?>>
{
    private readonly string? _database;
    private readonly List<string> _statements = [];
    private readonly List<IDisposable> _listening = [];

    public StatementWatch(DatabaseSettings settings)
    {
        _database = NameOf(settings.ConnectionString);
        _listening.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Called with each method of the stores of the log, before it asks the database.</summary>
    public Action<string>? Asking { private get; set; }

    /// <summary>Puts itself before the stores of the log that are registered.</summary>
    public void AddTo(IServiceCollection services)
    {
        AddTo<IMessageStore>(services);
        AddTo<IShownLog>(services);
    }

    private void AddTo<TStore>(IServiceCollection services) where TStore : class
    {
        var store = services.Single(service => service.ServiceType == typeof(TStore));
        services.Remove(store);
        services.AddSingleton(provider => StatementProxy<TStore>.Of(
            (TStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!), NoteCall));
    }

    /// <summary>What was asked since the last call, in the order in which it was.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_statements)
        {
            var taken = _statements.ToList();
            _statements.Clear();
            return taken;
        }
    }

    public void Dispose()
    {
        foreach (var one in _listening) one.Dispose();
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
            && NameOf(made.Connection?.ConnectionString ?? "") == _database)
            Note(made.CommandText);
    }

    void IObserver<DiagnosticListener>.OnCompleted() { }

    void IObserver<DiagnosticListener>.OnError(Exception error) { }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted() { }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) { }

    private void NoteCall(string method)
    {
        Note(method);
        Asking?.Invoke(method);
    }

    private void Note(string statement)
    {
        lock (_statements) _statements.Add(statement);
    }

    private static string? NameOf(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return (parts.TryGetValue("Database", out var name) || parts.TryGetValue("Data Source", out name))
            ? $"{name}" : null;
    }

    private class StatementProxy<TStore> : DispatchProxy where TStore : class
    {
        private TStore _inner = null!;
        private Action<string> _note = null!;

        public static TStore Of(TStore inner, Action<string> note)
        {
            var made = Create<TStore, StatementProxy<TStore>>();
            (((StatementProxy<TStore>)(object)made)._inner, ((StatementProxy<TStore>)(object)made)._note) =
                (inner, note);
            return made;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _note(targetMethod!.Name);
            return targetMethod.Invoke(_inner, args);
        }
    }
}
