using System.Net;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Keys;

/// <summary>Rights with keys and tokens: moderators of the tenant, who brings users together, and what is noted of
/// it.</summary>
public abstract class RightsKeySpec : OnKeyServer
{
    // CH-192, CH-187
    [SpecFact]
    public async Task A_moderator_of_the_tenant_moderates_what_it_sees_and_nothing_else()
    {
        var key = await Keys.KeyAsync(KeyScopes.App);
        var (own, foreign) = (await Keys.CreateAsync(key, "ann", "ben", "mod"), await Keys.CreateAsync(key, "ann"));
        await using var mod = await ConnectAsync(
            await Keys.TokenAsync(key, "mod", ""","roles":["user","moderator"] """));
        await using var ben = await ConnectAsync(await Keys.TokenAsync(key, "ben"));

        Assert.Equal(ParticipantRole.Moderator, (await mod.ParticipantsAsync(Of(own))).Role);
        await RefusedAsync("forbidden", () => ben.SetRoleAsync(Of(own), Mute("mod")));
        await mod.SetRoleAsync(Of(own), Mute("ben"));
        await RefusedAsync("read_only", () => ben.SendAsync(Of(own), "no"));
        // The lobby is public: everybody sees it.
        await mod.SetRoleAsync(ConversationId.Lobby, Mute("ben"));
        await RefusedAsync("read_only", () => ben.SendAsync(ConversationId.Lobby, "no"));
        // An owner stays one, and what the moderator does not see is not there.
        await RefusedAsync("forbidden", () => mod.SetRoleAsync(Of(own), Mute("ann")));
        await RefusedAsync("forbidden", () => mod.ParticipantsAsync(Of(foreign)));
        await RefusedAsync("forbidden", () => mod.SetRoleAsync(Of(foreign), Mute("ann")));
    }

    // CH-188
    [SpecFact]
    public async Task The_audit_says_who_gave_roles_banned_muted_removed_and_changed_settings()
    {
        var key = await Keys.KeyAsync(KeyScopes.App | KeyScopes.Admin);
        var where = await Keys.CreateAsync(key, "ann", "ben", "cem", "dan");
        await using var ann = await ConnectAsync(await Keys.TokenAsync(key, "ann"));

        await ann.SetRoleAsync(Of(where), new() { UserId = UserId.Parse("ben"), Role = ParticipantRole.Moderator });
        await ann.SetRoleAsync(Of(where), Mute("cem"));
        await ann.SetRoleAsync(Of(where), new() { UserId = UserId.Parse("dan"), Role = ParticipantRole.Blocked });
        await ann.AddParticipantsAsync(Of(where), [UserId.Parse("dan")]);
        await ann.ChangeConversationAsync(Of(where), new ChangeConversation { SlowModeSeconds = 5 });
        await ann.RemoveParticipantAsync(Of(where), UserId.Parse("dan"));
        Assert.Equal(HttpStatusCode.OK, (await Keys.AskAsync(key, HttpMethod.Patch, $"/api/v1/chat/{where}",
            """{"title":"Team"}""", "ben")).Status);

        var id = $"key:{key[3..19]}";
        (string, string, string)[] wanted =
        [
            ("user:ann", "participant.role", $"{where} user:ben moderator"),
            ("user:ann", "participant.mute", $"{where} user:cem"),
            ("user:ann", "participant.ban", $"{where} user:dan"),
            ("user:ann", "participant.add_again", $"{where} user:dan"),
            ("user:ann", "conversation.change", where),
            ("user:ann", "participant.remove", $"{where} user:dan"),
            ($"{id} user:ben", "conversation.change", where),
        ];
        await Eventually.HoldsAsync(async () => wanted.SequenceEqual(await EntriesAsync(key, where)));
    }

    private async Task<IEnumerable<(string, string, string)>> EntriesAsync(string key, string where) =>
        (await Keys.GetAsync(key, "/api/v1/admin/audit?limit=100")).Json.GetProperty("entries").EnumerateArray()
            .Where(one => one.GetProperty("target").GetString()!.StartsWith(where, StringComparison.Ordinal))
            .Select(one =>
            {
                Assert.Equal("ok", one.GetProperty("outcome").GetString());
                Assert.NotNull(IPAddress.Parse(one.GetProperty("address").GetString()!));
                return (one.GetProperty("actor").GetString()!, one.GetProperty("act").GetString()!,
                    one.GetProperty("target").GetString()!);
            })
            .Reverse().ToList();

    private static SetRole Mute(string user) => new() { UserId = UserId.Parse(user), Role = ParticipantRole.Readonly };

    private static ConversationId Of(string id) => new(Guid.Parse(id));

    private static async Task RefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ChatRefusedException>(call)).Code.ToWire());

    private async Task<ChatHubConnection> ConnectAsync(string token)
    {
        var hub = new ChatHubConnection(Keys.OptionsOf(token));
        await hub.StartAsync();
        return hub;
    }
}

public sealed class SqliteRightsKeyTests : RightsKeySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresRightsKeyTests : RightsKeySpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
