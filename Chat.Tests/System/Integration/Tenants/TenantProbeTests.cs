using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Presence;
using Chat.Server.Rights;
using Chat.Server.Safety.Reports;
using Chat.Server.Users;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Tenants;

/// <summary>What is another tenant's and what does not exist are answered alike: the same words, after the same
/// statements.</summary>
public abstract class TenantProbeSpec : OnTenantHost
{
    private static readonly Caller Ann = UserId.Parse("ann").AsCaller();
    private static readonly Caller AnnOfAcme = new(new UserKey(Tenant.Parse("acme"), UserId.Parse("ann")));
    private static readonly UserId Bob = UserId.Parse("bob");

    private static readonly Dictionary<string, Func<TenantHost, Caller, ConversationId, Task<object?>>> Acts = new()
    {
        ["send"] = (host, who, where) => Of(Chat(host).SendAsync(who, where, "hello", null, None)),
        ["check a send"] = (host, who, where) => Of(Chat(host).CheckSendAsync(who, where, "hello", null, None)),
        ["join"] = (host, who, where) => Of(Chat(host).JoinAsync(host.WriterOf(who), where, null, None)),
        ["join after"] = (host, who, where) => Of(Chat(host).JoinAsync(host.WriterOf(who), where, 0, None)),
        ["leave"] = (host, who, where) => Of(Chat(host).LeaveAsync(host.WriterOf(who), where, None)),
        ["history"] = (host, who, where) => Of(Chat(host).HistoryAsync(who, where, null, None)),
        ["a view"] = (host, who, where) =>
            Of(Chat(host).HistoryAsync(who, where, new HistoryQuery { View = HistoryView.Main }, None)),
        ["mark as unread"] = (host, who, where) => Of(Chat(host).MarkUnreadAsync(who, where, 1, null, None)),
        ["messages"] = (host, who, where) => Of(Chat(host).MessagesAsync(who, where, null, null, 0, 50, None)),
        ["messages for nobody"] = (host, who, where) =>
            Of(Chat(host).MessagesAsync(Caller.Nobody(who.Tenant), where, null, null, 0, 50, None)),
        ["add"] = (host, who, where) => Of(Rights(host).Membership.AddAsync(who, where, [Bob], None)),
        ["remove"] = (host, who, where) => Of(Rights(host).Membership.RemoveAsync(who, where, Bob, None)),
        ["remove oneself"] = (host, who, where) => Of(Rights(host).Membership.RemoveAsync(who, where, who.Id, None)),
        ["list participants"] = (host, who, where) =>
            Of(Rights(host).Participants.ListAsync(who, where, null, None)),
        ["mute somebody"] = (host, who, where) => Of(Rights(host).Roles.SetAsync(who, where,
            new SetRole { UserId = Bob, Role = ParticipantRole.Readonly }, None)),
        ["ban"] = (host, who, where) => Of(Rights(host).Roles.SetAsync(who, where,
            new SetRole { UserId = Bob, Role = ParticipantRole.Blocked }, None)),
        ["change"] = (host, who, where) => Of(Rights(host).Settings.ChangeAsync(who, where,
            new ChangeConversation { Title = "theirs" }, None)),
        ["report a message"] = (host, who, where) => Of(host.Get<Reporting>().ReportAsync(who, where,
            new ReportContent { Sequence = 1, Reason = "spam" }, None)),
        ["report a user"] = (host, who, where) => Of(host.Get<Reporting>().ReportAsync(who, where,
            new ReportContent { UserId = Bob, Reason = "rude" }, None)),
        ["list reports"] = (host, who, where) => Of(host.Get<ReportQueue>().ListAsync(who, where, null, None)),
        ["list reports as the application"] = (host, who, where) => Of(ReportsAsync(host, who, where)),
        ["type"] = (host, who, where) => Of(Chat(host).TypingAsync(who, where, true, None)),
        ["mark as read"] = (host, who, where) => Of(Chat(host).EnqueueMarkReadAsync(who, where, 1, null, None)),
        ["mute"] = (host, who, where) => Of(Chat(host).SetMutedAsync(who, where, true, None)),
        ["read positions"] = (host, who, where) => Of(Chat(host).ReadPositionsAsync(who, where, None)),
        ["presence"] = (host, who, where) =>
            Of(host.Get<PresenceDesk>().AskAsync(host.WriterOf(who), where, None)),
    };

    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task Each_act_on_what_is_foreign_is_answered_as_on_what_is_not_there()
    {
        var theirs = (await Rights(Host).Creation.CreateAsync(
            Ann, new CreateConversation { ParticipantIds = [Bob] }, None)).Id;
        // What their own user of the same name may do is remembered.
        foreach (var where in new[] { theirs, ConversationId.Lobby })
            await Chat(Host).AuthorizeReadAsync(Ann, where, None);
        foreach (var (name, act) in Acts)
        {
            var absent = await Host.RunAsync(host => act(host, AnnOfAcme, ConversationId.New(Drafts.Noon)));
            foreach (var where in new[] { theirs, ConversationId.Lobby })
                Assert.Equal((name, absent), (name, await Host.RunAsync(host => act(host, AnnOfAcme, where))));
        }
        await Chat(Host).AuthorizeReadAsync(Ann, theirs, None);
    }

    [SpecFact]
    public async Task Users_of_another_tenant_are_answered_as_users_that_do_not_exist()
    {
        await Rights(Host).Creation.CreateAsync(Ann, new CreateConversation { ParticipantIds = [Bob] }, None);
        var users = Host.Get<UserDirectory>();
        await users.SetNameAsync(Bob.Key(), "Bob", None);

        var found = await Host.RunAsync(async _ => string.Join(' ', await users.FindAsync(Ann, [Bob], None)));
        Assert.Contains("Bob", found.Outcome, StringComparison.Ordinal);
        foreach (var asking in new[] { AnnOfAcme, new Caller(new UserKey(AnnOfAcme.Tenant, Bob)) })
        {
            var absent = await Host.RunAsync(
                async _ => string.Join(' ', await users.FindAsync(asking, [UserId.Parse("nobody")], None)));
            Assert.Equal("", absent.Outcome);
            if (asking.Id != Bob)
                Assert.Equal(absent, await Host.RunAsync(
                    async _ => string.Join(' ', await users.FindAsync(asking, [Bob], None))));
            Assert.Equal(found.Statements, absent.Statements);
        }
    }

    [SpecFact]
    public async Task Users_online_in_a_public_conversation_are_of_its_tenant()
    {
        var presence = Host.Get<LocalPresence>();
        presence.Enter(AnnOfAcme.User);
        presence.Enter(UserId.Parse("carl").Key());

        var answer = await Host.Get<PresenceDesk>().AskAsync(Host.WriterOf(Ann), ConversationId.Lobby, None);

        Assert.Equal(["carl"], answer.Snapshot.Users.Select(user => user.UserId.Value));
        Assert.Equal(1, answer.Snapshot.OnlineCount);
    }

    /// <summary>How many there are: lists are different objects each time.</summary>
    private static async Task<object?> ReportsAsync(TenantHost host, Caller who, ConversationId where) =>
        (await host.Get<ReportQueue>().ListAsync(
            Caller.Nobody(who.Tenant) with { Key = "key:1", IsApplication = true }, where, null, None)).Count;

    private static ChatService Chat(TenantHost host) => host.Get<ChatService>();

    private static ConversationRights Rights(TenantHost host) => host.Get<ConversationRights>();

    private static async Task<object?> Of<T>(Task<T> call) => await call;

    private static async Task<object?> Of<T>(ValueTask<T> call) => await call;

    private static async Task<object?> Of(Task call)
    {
        await call;
        return null;
    }

    private static async Task<object?> Of(ValueTask call)
    {
        await call;
        return null;
    }
}

public sealed class SqliteTenantProbeTests : TenantProbeSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresTenantProbeTests : TenantProbeSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
