using Chat.Server.Transports.SignalR.Polling;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Transports;

/// <summary>CH-9 where a hub connection is written to over HTTP: server-sent events and long polling.</summary>
public sealed class TakenBodyTests
{
    private const int Length = 300 * 1024;

    private readonly WrittenStream _written = new();
    private readonly ManualTime _time = new();
    private int _aborted;

    [Fact]
    public async Task A_slow_reader_is_not_stuck_and_one_that_takes_nothing_is()
    {
        await using var body = new TakenBody(_written, () => _aborted++, _time);
        Assert.Equal(TimeSpan.Zero, body.StuckFor);
        _written.Hold();
        var answer = body.WriteAsync(new byte[Length]).AsTask();
        for (var step = 1; step <= 5; step++)
        {
            await Eventually.HoldsAsync(async () =>
            {
                await Task.Yield();
                return _written.Writes.Count == step && body.StuckFor == TimeSpan.Zero;
            });
            _time.Advance(TimeSpan.FromSeconds(29));
            Assert.Equal(TimeSpan.FromSeconds(29), body.StuckFor);
            if (step < 5) _written.Step();
        }
        Assert.False(answer.IsCompleted);
        body.AbortIfStuck();
        Assert.Equal(1, _aborted);
        _written.LetGo();
        await answer.WaitAsync(Bounds.Wait);
        body.AbortIfStuck();
        Assert.Equal(1, _aborted);
        Assert.Equal((TimeSpan.Zero, Length), (body.StuckFor, _written.Writes.Sum(bytes => bytes.Length)));
    }

    [Fact]
    public async Task It_writes_what_it_is_given()
    {
        await using var body = new TakenBody(_written, () => _aborted++, _time);
        var bytes = Enumerable.Range(0, Length).Select(i => (byte)i).ToArray();
        await body.WriteAsync(bytes);
        await body.FlushAsync();
        Assert.Equal(bytes, _written.Writes.SelectMany(part => part));
        Assert.All(_written.Writes, part => Assert.InRange(part.Length, 1, 64 * 1024));
    }
}
