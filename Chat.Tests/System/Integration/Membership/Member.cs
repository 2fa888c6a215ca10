using System.Net;
using System.Text.Json;

namespace Chat.Tests.Integration.Membership;

/// <summary>One device of a user who comes and goes, and what it does. It may connect to another instance.</summary>
internal sealed class Member(MembershipRun run, string user, int seed)
{
    private readonly Random _random = new(seed);
    private Device _device = null!;
    private long _last;
    private int _sent;

    public Device Device => _device;

    public async Task RunAsync(int steps)
    {
        await ConnectAsync();
        for (var i = 0; i < steps; i++) await StepAsync();
    }

    private async Task StepAsync()
    {
        switch (_random.Next(17))
        {
            case 0 or 1:
                await _device.JoinAsync(null);
                break;
            case 2 or 3 or 4:
                await _device.JoinAsync(Place());
                break;
            case 5:
                await _device.LeaveAsync();
                break;
            case 6:
                await Task.WhenAll(_device.LeaveAsync(), _device.JoinAsync(Place()));
                break;
            case 7:
                await Task.WhenAll(_device.JoinAsync(Place()), _device.LeaveAsync());
                break;
            case 8:
                await Task.WhenAll(_device.JoinAsync(null), _device.JoinAsync(Place()));
                break;
            case 9:
                await Task.WhenAll(_device.JoinAsync(Place()), SendAsync());
                break;
            case 10 or 11:
                await Task.WhenAll(SendAsync(), SendAsync());
                break;
            case 12 or 13:
                await SleepAsync();
                break;
            case 14:
                await (_random.Next(2) == 0 && _device is HubDevice hub ? ReadHistoryAsync(hub) : ReadMessagesAsync());
                break;
            case 15:
                await MoveAsync();
                break;
            default:
                if (_device is HubDevice self && _random.Next(4) == 0) await self.RemoveAsync(user);
                break;
        }
        _last = Math.Max(_last, _device.Last);
    }

    /// <summary>Somewhere in what was shown, mostly not far back.</summary>
    private long Place() => _random.Next(5) == 0
        ? _random.NextInt64(0, _last + 1)
        : Math.Max(0, _last - _random.Next(20));

    // Whether it is allowed shows in the log.
    private Task SendAsync() => _device.SendAsync(run.NewBody(_random, $"{user} {seed} {++_sent}"));

    /// <summary>Reads nothing while the log grows, and asks for something meanwhile.</summary>
    private async Task SleepAsync()
    {
        _device.Pause();
        Task asked = _random.Next(4) switch
        {
            0 => Task.WhenAll(_device.LeaveAsync(), _device.JoinAsync(Place())),
            1 => _device.JoinAsync(Place()),
            2 => _device.LeaveAsync(),
            _ => Task.CompletedTask,
        };
        await run.UntilGrownAsync(_random.Next(5, 40));
        _device.Resume();
        await asked;
    }

    private async Task MoveAsync()
    {
        await _device.DisposeAsync();
        await ConnectAsync();
        await _device.JoinAsync(_last);
    }

    private async Task ConnectAsync()
    {
        var server = run.Servers[_random.Next(run.Servers.Count)].Url;
        _device = _random.Next(3) switch
        {
            0 => await RawDevice.ConnectAsync(server, user, run.Conversation),
            1 => await HubDevice.ConnectAsync(server, user, run.Conversation, isBinary: false),
            _ => await HubDevice.ConnectAsync(server, user, run.Conversation, isBinary: true),
        };
        run.Add(_device);
    }

    private async Task ReadHistoryAsync(HubDevice hub)
    {
        var (known, after) = (run.Known, Place());
        var (refusal, head, shown) = await hub.HistoryAsync(after);
        run.CheckLater(log =>
        {
            var mine = log.Of(user);
            if (refusal is not null)
                return mine.EverWas(false, known, log.Head) ? null : $"{user} was refused history from {known} on";
            var due = log.Entries.Where(e => e.Sequence > after && e.Sequence <= head).Take(50);
            return head >= known && mine.IsIn(head) && due.Select(e => e.Sequence).SequenceEqual(shown)
                ? null
                : $"{user} was shown history {string.Join(' ', shown)} up to {head} after {after}, {known} being known";
        });
    }

    private async Task ReadMessagesAsync()
    {
        var (known, after) = (run.Known, Place());
        var server = run.Servers[_random.Next(run.Servers.Count)];
        using var answer = await server.Http.GetAsync(
            $"/api/v1/chat/{run.Conversation}/messages?user_id={user}&after_seq={after}&limit=50");
        var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var shown = answer.StatusCode != HttpStatusCode.OK
            ? null
            : page.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("seq").GetInt64()).Order()
                .ToList();
        run.CheckLater(log =>
        {
            var mine = log.Of(user);
            if (shown is null)
                return answer.StatusCode == HttpStatusCode.Forbidden && mine.EverWas(false, known, log.Head)
                    ? null
                    : $"{user} was answered {answer.StatusCode} to messages, {known} being known";
            var last = shown.Count == 0 ? 0 : shown[^1];
            var due = log.Messages.Where(sequence => sequence > after && sequence <= last);
            return mine.EverWas(true, Math.Max(known, last), log.Head) && due.SequenceEqual(shown)
                ? null
                : $"{user} was shown messages {string.Join(' ', shown)} after {after}, {known} being known";
        });
    }
}
