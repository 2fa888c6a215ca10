using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.FanOut;
using Chat.Server.Memory;
using Chat.Server.Revocations;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.Connections;
using Chat.Tests.Unit.Presence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Revocations;

/// <summary>What is kept of revocations has a limit in bytes, and none that was stored is passed over for it.</summary>
public sealed class RevocationApplierTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Beyond_the_limit_there_is_room_for_those_only_who_are_there_until_some_are_forgotten()
    {
        using var metrics = new MetricsHarness();
        var memory = new MemoryBudget(new MemoryOptions { RevocationBytes = 1_000 }, metrics.Factory);
        var time = new ManualTime();
        var admission = new Admission(time);
        await using var background = new BackgroundWork(NullLogger<BackgroundWork>.Instance);
        var connections = Registries.Create(new PresenceNetwork(time).Start().Local, metrics);
        var applier = new RevocationApplier(admission, connections, new ConnectionEnding(background), memory);
        Assert.True(applier.HasRoomFor(User(1)));

        applier.Apply([.. Enumerable.Range(1, 20).Select(i =>
            new Revocation(i, User(i), Session: null, Noon, Noon.AddDays(i)))]);

        Assert.Equal(20, admission.Revoked.Users); // what is in the database holds
        Assert.Equal(admission.Revoked.Bytes, memory.Revocations.Held);
        Assert.Equal((false, true), (applier.HasRoomFor(User(21)), applier.HasRoomFor(User(20))));
        Assert.Equal(1, memory.Revocations.Refused);
        applier.Forget(Noon.AddDays(19));
        Assert.True(applier.HasRoomFor(User(21)));
        applier.Forget(Noon.AddDays(30));
        Assert.Equal(0, memory.Revocations.Held);
    }

    private static UserKey User(int i) => UserId.Parse($"user-{i}").Key();
}
