using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Drain;

/// <summary>Turns the signals to end the process into a drain and then a stop. A second signal stops at once, a third
/// ends the process on the spot.</summary>
internal sealed partial class DrainLifetime(
    Func<IServiceProvider> chat, IHostApplicationLifetime application, IOptions<HostOptions> host,
    ILogger<DrainLifetime> logger)
    : IHostLifetime, IDisposable
{
    private static readonly TimeSpan ShortestStop = TimeSpan.FromSeconds(1);

    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;
    private Task _draining = Task.CompletedTask;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM })
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) =>
        await _draining.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        var count = Interlocked.Increment(ref _signals);
        signal.Cancel = count < 3;
        if (count == 1) _draining = DrainAndStopAsync();
        else if (count == 2) application.StopApplication();
    }

    private async Task DrainAndStopAsync()
    {
        var (time, within) = (TimeProvider.System, host.Value.ShutdownTimeout);
        var started = time.GetTimestamp();
        try
        {
            // Not made before: the host makes its lifetime first of all, and the transports behind the drain must wait
            // until the options are checked.
            await chat().GetRequiredService<Drain>().RunAsync();
        }
        catch (Exception e)
        {
            Log.Failed(logger, e);
        }
        var left = within - time.GetElapsedTime(started);
        host.Value.ShutdownTimeout = left > ShortestStop ? left : ShortestStop;
        application.StopApplication();
    }

    private static partial class Log
    {
        [LoggerMessage(1033, LogLevel.Error, "The drain failed; the server stops without it")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
