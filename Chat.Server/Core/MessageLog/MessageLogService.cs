namespace Chat.Server.Core.MessageLog;

/// <summary>Runs the lanes as long as the server runs. At shutdown, accepted messages are committed before the process
/// ends.</summary>
internal sealed class MessageLogService(MessageLog log) : IHostedService
{
    private readonly CancellationTokenSource _giveUp = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => log.RunAsync(_giveUp.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        log.Complete();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _giveUp.CancelAsync();
    }
}
