using Chat.Server.FanOut.Backplane;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.FanOut.Backplane;

/// <summary>What may have been lost between instances, and no comparison with the database would find, is sent
/// again.</summary>
public sealed class KeptMessagesTests : IDisposable
{
    private const byte Kind = (byte)MessageKind.Lists, Missed = (byte)MessageKind.Missed;

    private readonly ManualTime _time = new();
    private readonly Line _line = new();
    private readonly KeptMessages _kept;
    private readonly ServiceProvider _services;
    private readonly BackplaneExchange _exchange;

    public KeptMessagesTests()
    {
        _kept = new KeptMessages(_line, _time);
        _services = new ServiceCollection().AddSingleton<IBackplaneTopic>(_kept).BuildServiceProvider();
        _exchange = new BackplaneExchange(_line, _services, _kept, NullLogger<BackplaneExchange>.Instance);
    }

    public void Dispose()
    {
        _kept.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void What_was_sent_before_an_outage_was_noticed_and_during_it_is_sent_again_after_it()
    {
        Publish(1);
        _time.Advance(KeptMessages.For);
        Publish(2);
        _line.Problem = "away";
        Publish(3);
        _time.Advance(TimeSpan.FromHours(1));
        Publish(4);
        _line.Problem = null;
        Assert.Equal([Kind, 1, Kind, 2, Kind, 3, Kind, 4], _line.Take());
        Publish(5); // before it is told that all is well again
        _line.Take();

        _line.Receiver!.Recover();
        Assert.Equal([Missed, Kind, 1, Kind, 2, Kind, 3, Kind, 4, Kind, 5], _line.Take());
        _time.Advance(KeptMessages.For + TimeSpan.FromSeconds(1));
        Publish(6);
        _line.Take();
        _line.Receiver!.Recover();
        Assert.Equal([Missed, Kind, 6], _line.Take());
    }

    [Fact]
    public async Task Other_instances_that_may_have_missed_something_are_sent_it_again_together()
    {
        Publish(1);
        _exchange.Publish(BackplaneChannel.Everyone, [0, 2], MessageKind.Presence);
        _line.Take();
        await _line.Sent.TakeAsync(2);
        for (var round = 0; round < 2; round++)
        {
            for (var instance = 0; instance < 10; instance++)
                _line.Receiver!.Receive(BackplaneChannel.Everyone, new[] { Missed });
            Assert.Empty(_line.Take());
            _time.Advance(KeptMessages.AnswersAfter);
            await _line.Sent.NextAsync(); // a timer runs on the thread pool
            Assert.Equal([Kind, 1], _line.Take());
        }
    }

    [Fact]
    public void Without_others_nothing_is_sent()
    {
        _line.HasPeers = false;
        Publish(1);
        _line.Take();
        _line.Receiver!.Recover();
        Assert.Empty(_line.Take());
    }

    [Fact]
    public void It_is_bounded_in_number_and_bytes()
    {
        _line.Problem = "away";
        for (var i = 0; i < KeptMessages.Most + 10; i++) _kept.Keep(BackplaneChannel.Everyone, [(byte)i]);
        Assert.Equal(KeptMessages.Most, _kept.Find().Count);
        Assert.Equal(10, _kept.Find()[0].Message[0]);
        _kept.Keep(BackplaneChannel.Everyone, new byte[KeptMessages.MostBytes]);
        Assert.Single(_kept.Find());
        _line.Problem = null;
        _kept.Keep(BackplaneChannel.Everyone, new byte[KeptMessages.MostBytes + 1]);
        Assert.Empty(_kept.Find());
    }

    private void Publish(byte content) =>
        _exchange.Publish(BackplaneChannel.Everyone, [0, content], MessageKind.Lists, isKept: true);

    /// <summary>Notes what is published.</summary>
    private sealed class Line : IBackplane
    {
        private readonly List<byte> _published = [];

        public Inbox<int> Sent { get; } = new();

        public bool HasPeers { get; set; } = true;

        public string? Problem { get; set; }

        public IBackplaneReceiver? Receiver { get; private set; }

        public void Attach(IBackplaneReceiver receiver) => Receiver = receiver;

        public Task Subscribe(BackplaneChannel channel) => Task.CompletedTask;

        public void Unsubscribe(BackplaneChannel channel) { }

        public void Publish(BackplaneChannel channel, ReadOnlyMemory<byte> message)
        {
            _published.AddRange(message.Span);
            Sent.Add(message.Length);
        }

        public byte[] Take()
        {
            byte[] taken = [.. _published];
            _published.Clear();
            return taken;
        }
    }
}
