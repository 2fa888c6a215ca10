using System.Net;
using System.Reflection;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Limits;
using Chat.Server.Observability;
using Chat.Server.Presence;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.Connections;
using Chat.Tests.Unit.FanOut;
using Chat.Tests.Unit.Presence;

namespace Chat.Tests.Unit.Callers;

/// <summary>What identity, revocations and limits cost a call of an open connection: no object and no lock.</summary>
public sealed class CallCostTests : IDisposable
{
    private static readonly UserKey Ann = UserId.Parse("ann").Key();

    private readonly ManualTime _time = new();
    private readonly MetricsHarness _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_that_is_let_in_makes_no_object(bool withToken)
    {
        using var connection = Open(withToken ? IdentityMode.Token : IdentityMode.Open);
        Assert.Equal(0, Allocations.BytesOf(() =>
        {
            Assert.Null(connection.Spend(LimitKind.Sends, bytes: 200));
            Assert.True(connection.AdmitAsync(default).IsCompletedSuccessfully);
            connection.ThrowIfEnded();
            Assert.Null(connection.Registry!.Admission.Revoked.Find(connection.Caller));
        }));
    }

    [Fact]
    public void The_count_sees_an_object() => Assert.NotEqual(0, Allocations.BytesOf(() => GC.KeepAlive(new object())));

    [Fact]
    public void A_call_that_is_let_in_takes_no_lock()
    {
        var found = LocksIn.Reachable([
            Of<Connection>(nameof(Connection.Spend)), Of<Connection>(nameof(Connection.AdmitAsync)),
            Of<Connection>(nameof(Connection.ThrowIfEnded)), Of<RevokedTokens>(nameof(RevokedTokens.Find)),
            Of<Admission>("get_" + nameof(Admission.IsFresh)), Of<Admission>("get_" + nameof(Admission.Known)),
        ], except: Waits);
        Assert.Empty(found);
    }

    [Fact]
    public void The_search_finds_a_lock() =>
        Assert.NotEmpty(LocksIn.Reachable([Of<ConnectionRegistry>(nameof(ConnectionRegistry.Open))], except: []));

    /// <summary>What a call goes into that is not let in at once: it waits for a reading, or is refused.</summary>
    private static readonly MethodBase[] Waits =
    [
        Of<Admission>("IsSoonAsync"), Of<Connection>("AdmitSoonAsync"), Of<CallLimits>("Refuse"),
        Of<ClientLimits>(nameof(ClientLimits.Refuse)), Of<LimitMetrics>(nameof(LimitMetrics.Refused)),
    ];

    private static MethodBase Of<T>(string name) => typeof(T).GetMethods(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly).First(method => method.Name == name);

    private TestConnection Open(IdentityMode mode)
    {
        var presence = new PresenceNetwork(_time).Start(new PresenceOptions());
        var registry = Registries.Create(
            presence.Local, _metrics, new LimitsOptions { Factor = 1_000_000 }, _time, mode);
        if (mode == IdentityMode.Token) registry.Admission.BeRead();
        registry.Admission.Revoked.Add(
            new Revocation(1, Ann, Session: null, _time.GetUtcNow().AddDays(-1), _time.GetUtcNow().AddDays(1)));
        registry.Admission.Note(_time.GetTimestamp(), known: 1);
        var caller = new Caller(Ann) { IssuedAt = mode == IdentityMode.Token ? _time.GetUtcNow() : null };
        var connection = new TestConnection(ChatTransport.WebSocket, Ann, new RecordingWriter(Ann, null!));
        connection.Renew(caller);
        registry.Open(connection, IPAddress.Loopback);
        return connection;
    }
}
