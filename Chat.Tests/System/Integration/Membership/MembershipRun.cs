using System.Collections.Concurrent;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Membership;

namespace Chat.Tests.Integration.Membership;

/// <summary>One random life of a conversation whose members come and go: who does what, and in which order each does
/// it, follows from the seed; how they interleave does not.</summary>
internal sealed class MembershipRun(IReadOnlyList<TestServer> servers, int seed) : IAsyncDisposable
{
    private const int Users = 4, DevicesEach = 2, Steps = 30, OwnerSteps = 70;

    private readonly ConcurrentQueue<Device> _devices = new();
    private readonly ConcurrentQueue<Func<WholeLog, string?>> _checks = new();
    private readonly string _owner = $"owner{seed}";
    private HubDevice _ownerHub = null!;
    private volatile bool _ownerIsDone;

    public IReadOnlyList<TestServer> Servers => servers;

    public ConversationId Conversation { get; private set; }

    /// <summary>So far the log reaches for certain.</summary>
    public long Known => _ownerHub.Last;

    public void Add(Device device) => _devices.Enqueue(device);

    /// <summary>What can be said about an answer when the whole log is known: what is wrong, or null.</summary>
    public void CheckLater(Func<WholeLog, string?> check) => _checks.Enqueue(check);

    /// <summary>Now and then so large that buffers fill.</summary>
    public string NewBody(Random random, string text) =>
        random.Next(5) == 0 ? text + new string('x', random.Next(20_000)) : text;

    /// <summary>Waits until the log is longer, or will not grow any more.</summary>
    public async Task UntilGrownAsync(int by)
    {
        var goal = Known + by;
        await Eventually.HoldsAsync(() => _ownerIsDone || Known >= goal);
    }

    /// <summary>What is wrong after a random life; null when all is as promised.</summary>
    public async Task<string?> RunAsync()
    {
        await using (var maker = await servers[0].ConnectHubAsync(_owner))
            Conversation = (await maker.CreateConversationAsync(new CreateConversation
            {
                ParticipantIds =
                    [.. Enumerable.Range(0, Users).Select(NameOf).Prepend(_owner).Select(UserId.Parse)],
            })).Id;
        _ownerHub = await HubDevice.ConnectAsync(servers[0].Url, _owner, Conversation, isBinary: false);
        Add(_ownerHub);
        await _ownerHub.JoinAsync(0);
        var members = Enumerable.Range(0, Users * DevicesEach)
            .Select(i => new Member(this, NameOf(i % Users), seed * 1_000 + i)).ToList();
        await Task.WhenAll([OwnAsync(), .. members.Select(member => member.RunAsync(Steps))]);
        var log = await WholeLog.ReadAsync(servers[0], Conversation);
        return log.Problem() ?? _checks.Select(check => check(log)).FirstOrDefault(problem => problem is not null)
            ?? _devices.Select(device => device.Failure?.ToString() ?? CheckOf(device, log).Run())
                .FirstOrDefault(problem => problem is not null)
            ?? await SettleAsync([_ownerHub, .. members.Select(member => member.Device)], log);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices) await device.DisposeAsync();
    }

    private string NameOf(int user) => $"user{seed}-{user}";

    private static ViewCheck CheckOf(Device device, WholeLog log) =>
        new(device.View, log.Entries, log.Of(device.User));

    /// <summary>The owner speaks, adds, removes, bans, mutes, and takes that back.</summary>
    private async Task OwnAsync()
    {
        var random = new Random(seed);
        try
        {
            for (var i = 0; i < OwnerSteps; i++)
            {
                var user = NameOf(random.Next(Users));
                var calls = new List<Task<string?>>();
                var what = random.Next(10);
                var roles = new List<Task<string?>>();
                if (what == 6) calls.Add(_ownerHub.SetRoleAsync(user, "blocked"));
                if (what is 7 or 8) roles.Add(_ownerHub.SetRoleAsync(user, "readonly"));
                if (what is 8 or 9) roles.Add(_ownerHub.SetRoleAsync(user, "member"));
                if (what < 2) calls.Add(_ownerHub.AddAsync(user));
                if (what is 1 or 2) calls.Add(_ownerHub.RemoveAsync(user));
                for (var n = random.Next(1, 5); n > 0; n--)
                    calls.Add(_ownerHub.SendAsync(NewBody(random, $"{_owner} {i} {n}")));
                Assert.All(await Task.WhenAll(calls), Assert.Null);
                // Who takes no part has no role.
                Assert.All(await Task.WhenAll(roles), refusal =>
                    Assert.True(refusal is null || refusal.Contains("add the user first", StringComparison.Ordinal),
                        refusal));
            }
        }
        finally
        {
            _ownerIsDone = true;
        }
    }

    /// <summary>Waits until all have what there is for them; says who never had.</summary>
    private static async Task<string?> SettleAsync(IEnumerable<Device> devices, WholeLog log)
    {
        foreach (var device in devices)
        {
            string? problem = null, missing = null;
            var waited = await Record.ExceptionAsync(() => Eventually.HoldsAsync(() =>
            {
                var check = CheckOf(device, log);
                (problem, missing) = (device.Failure?.ToString() ?? check.Run(), null);
                return problem is not null || (missing = check.Missing()) is null;
            }));
            if (problem is not null) return problem;
            if (waited is not null) return $"{missing} ({waited.Message})";
        }
        return null;
    }
}
