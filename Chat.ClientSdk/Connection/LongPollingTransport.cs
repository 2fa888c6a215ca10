using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Connection;

/// <summary>A connection made of HTTP requests: one that waits for what comes, one at a time for what goes, and one to say goodbye.</summary>
internal sealed partial class LongPollingTransport : ITransport
{
    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly ChatClientOptions _options;
    private readonly ILogger _logger;
    private readonly DuplexPipe _application;
    private readonly DuplexPipe _transport;
    private readonly CancellationTokenSource _stopPolling = new();
    private readonly CancellationTokenSource _stopSending = new();

    private LongPollingTransport(HttpClient http, Uri url, ChatClientOptions options, ILogger logger)
    {
        (_http, _url, _options, _logger) = (http, url, options, logger);
        (_application, _transport) = DuplexPipe.CreatePair();
        Ended = RunAsync();
    }

    public IDuplexPipe Pipe => _application;

    public Task Ended { get; }

    public static async Task<LongPollingTransport> StartAsync(HttpClient http, Uri url, ChatClientOptions options, ILogger logger, CancellationToken ct)
    {
        // The server answers the first poll at once: it is what makes the connection.
        using var first = await http.GetAsync(url, ct).ConfigureAwait(false);
        first.EnsureSuccessStatusCode();
        return new LongPollingTransport(http, url, options, logger);
    }

    public async Task StopAsync()
    {
        _application.Output.Complete();
        _application.Input.Complete();
        try
        {
            await Ended.WaitAsync(_options.CloseTimeout, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abort();
            await Ended.ConfigureAwait(false);
        }
    }

    public void Abort()
    {
        _stopSending.Cancel();
        _stopPolling.Cancel();
        _transport.Output.CancelPendingFlush();
    }

    private async Task RunAsync()
    {
        var polling = PollAsync(_stopPolling.Token);
        var sending = SendAsync(_stopSending.Token);
        var applicationEnded = await Task.WhenAny(polling, sending).ConfigureAwait(false) == sending;
        await (applicationEnded ? _stopPolling : _stopSending).CancelAsync().ConfigureAwait(false);
        if (applicationEnded) _transport.Output.CancelPendingFlush();
        var error = await polling.ConfigureAwait(false) ?? await sending.ConfigureAwait(false);
        if (applicationEnded) await SayGoodbyeAsync().ConfigureAwait(false);
        await _transport.Output.CompleteAsync(error).ConfigureAwait(false);
        await _transport.Input.CompleteAsync().ConfigureAwait(false);
    }

    private async Task<Exception?> PollAsync(CancellationToken ct)
    {
        var incoming = _transport.Output.AsStream(leaveOpen: true);
        try
        {
            while (!ct.IsCancellationRequested)
            {
                using var response = await PollOnceAsync(ct).ConfigureAwait(false);
                if (response is null) continue;
                response.EnsureSuccessStatusCode();
                if (response.StatusCode == HttpStatusCode.NoContent) break; // the server's goodbye
                await response.Content.CopyToAsync(incoming, ct).ConfigureAwait(false);
                var flushed = await _transport.Output.FlushAsync(ct).ConfigureAwait(false);
                if (flushed.IsCompleted || flushed.IsCanceled) break;
            }
            return null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception ex) // the application's token provider may throw anything
        {
            return new ChatDisconnectedException("The connection was lost.", ex);
        }
    }

    /// <summary>Null when the poll took longer than a request may: then one asks again.</summary>
    private async Task<HttpResponseMessage?> PollOnceAsync(CancellationToken ct)
    {
        try
        {
            return await _http.GetAsync(_url, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<Exception?> SendAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var read = await _transport.Input.ReadAsync(ct).ConfigureAwait(false);
                var bytes = read.Buffer.ToArray();
                _transport.Input.AdvanceTo(read.Buffer.End);
                if (bytes.Length > 0)
                {
                    using var response = await _http.PostAsync(_url, new ByteArrayContent(bytes), ct).ConfigureAwait(false);
                    response.EnsureSuccessStatusCode();
                }
                if (read.IsCompleted) return null;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception ex) // the application's token provider may throw anything
        {
            return new ChatDisconnectedException("The connection was lost.", ex);
        }
    }

    private async Task SayGoodbyeAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
            using var response = await _http.DeleteAsync(_url, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception ex) // courtesy only: the server finds out by itself
        {
            Log.GoodbyeFailed(_logger, ex);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7020, LogLevel.Debug, "The server could not be told that the long-polling connection ended")]
        public static partial void GoodbyeFailed(ILogger logger, Exception exception);
    }
}
