using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Benchmarks.Queue;

/// <summary>Takes notices and counts them.</summary>
internal sealed class NoticeReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, byte> _events = new();
    private readonly TimeProvider _time;
    private WebApplication _app = null!;
    private TaskCompletionSource _all = new();
    private long _first, _last;
    private int _count, _wanted;

    private NoticeReceiver(TimeProvider time) => _time = time;

    public string Address => _app.Urls.Single() + "/hook";

    /// <summary>Notices that were received more than once.</summary>
    public int Repeated { get; private set; }

    public static async Task<NoticeReceiver> StartAsync(TimeProvider time)
    {
        var receiver = new NoticeReceiver(time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver._app = builder.Build();
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Starts waiting for this many notices.</summary>
    public void Expect(int count)
    {
        (_count, _wanted) = (0, count);
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Times of the first and the last notice.</summary>
    public async Task<(long First, long Last)> WhenAllAsync()
    {
        await _all.Task.WaitAsync(Bound, _time);
        return (_first, _last);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        if (!_events.TryAdd(http.Request.Headers["X-Chat-Event"].ToString(), 0)) Repeated++;
        var count = Interlocked.Increment(ref _count);
        if (count == 1) _first = _time.GetTimestamp();
        if (count == _wanted)
        {
            _last = _time.GetTimestamp();
            _all.TrySetResult();
        }
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
