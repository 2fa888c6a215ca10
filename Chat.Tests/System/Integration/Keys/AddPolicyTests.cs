using System.Net;
using Chat.Server.Callers;
using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Keys;

/// <summary>CH-200: with <c>AddPolicy=Backend</c> back ends create and add with a key, for users and as the
/// application.</summary>
public sealed class AddPolicyTests
{
    [Fact]
    public async Task With_the_policy_Backend_only_keys_create_conversations_and_add_participants()
    {
        await using var keys = await KeyServer.StartAsync(
            DatabaseKind.Sqlite, ("Chat:Conversations:AddPolicy", "Backend"));
        var key = await keys.KeyAsync(KeyScopes.App);
        var token = await keys.TokenAsync(key, "ann");

        var where = await keys.CreateAsync(key, "ann", "ben");
        var forAnn = await keys.PostAsync(key, "/api/v1/chat", """{"participant_ids":["ben"]}""", "ann");
        Assert.Equal(HttpStatusCode.Created, forAnn.Status);
        var own = forAnn.Json.GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(key, where, "cem")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(key, own, "cem", "ann")).Status);

        (await keys.PostAsync(token, "/api/v1/chat", """{"participant_ids":["ben"]}"""))
            .IsRefused(403, "here conversations are created by the application only");
        var added = await AddAsync(token, own, "dan"); // Ann owns it
        Assert.Equal(HttpStatusCode.Forbidden, added.Status);
        // With a key, too, a user has only the user's own rights.
        Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync(key, own, "dan", "eve")).Status);
        // The policy is not about removals.
        Assert.Equal(HttpStatusCode.OK, (await keys.AskAsync(token, HttpMethod.Delete,
            $"/api/v1/chat/{own}/participants?participant_id=ben")).Status);

        Task<Rest.RestAnswer> AddAsync(string secret, string to, string who, string? asUser = null) => keys.PostAsync(
            secret, $"/api/v1/chat/{to}/participants{(secret == key && asUser is null ? "?user_id=robot" : "")}",
            $$"""{"participant_ids":["{{who}}"]}""", asUser);
    }
}
