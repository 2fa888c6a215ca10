using System.Diagnostics.Metrics;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.Observability;
using Chat.Server.Persistence.Deployments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Fixtures;

/// <summary>The row of a deployment, in memory. Those with the same id and key are one deployment.</summary>
internal sealed class DeploymentDouble(Guid id, byte key = 1) : IDeploymentStore
{
    // One for all: each meter of a process costs every later listener a little.
    private static readonly ChatMetrics Unheard =
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private readonly Lock _gate = new();
    private Deployment _row = new(id, [.. Enumerable.Repeat(key, 32)], Guid.NewGuid(), Requires: 0,
        IdentityMode.Open, IsReplaced: false);

    public DeploymentDouble() : this(Guid.Empty) { }

    /// <summary>How many generations were drawn.</summary>
    public int Draws { get; private set; }

    public Deployment Row
    {
        get
        {
            lock (_gate) return _row;
        }
        set
        {
            lock (_gate) _row = value;
        }
    }

    public Task<Deployment> ReadAsync(CancellationToken ct) => Task.FromResult(Row);

    public Task<Deployment> DrawAsync(Guid seen, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_row.Generation != seen) return Task.FromResult(_row);
            Draws++;
            return Task.FromResult(_row = _row with { Generation = Guid.NewGuid(), IsReplaced = false });
        }
    }

    public Task<Deployment> SetModeAsync(IdentityMode mode, CancellationToken ct)
    {
        lock (_gate) return Task.FromResult(_row = _row with { Mode = mode });
    }

    public Task<bool> HasOlderServersAsync(int level, CancellationToken ct) => Task.FromResult(false);

    public Task RequireAsync(int level, CancellationToken ct)
    {
        lock (_gate) _row = _row with { Requires = Math.Max(_row.Requires, level) };
        return Task.CompletedTask;
    }

    /// <summary>What an instance knows of the row, once it has looked.</summary>
    public LogIdentity Identify(MetricsHarness? metrics = null)
    {
        var identity = new LogIdentity(this, metrics?.Metrics ?? Unheard, NullLogger<LogIdentity>.Instance);
        identity.CheckAsync(CancellationToken.None).GetAwaiter().GetResult(); // in memory: it never waits
        return identity;
    }
}
