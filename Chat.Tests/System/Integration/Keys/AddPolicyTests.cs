using System.Net;
using Chat.Server.Callers;
using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Keys;

/// <summary>CH-200: where back ends bring users together, they do so with a key, for users and as the
/// application.</summary>
public sealed class AddPolicyTests
{
    [Fact]
    public async Task Only_who_comes_with_a_key_creates_and_adds()
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
        var added = await AddAsync(token, own, "dan"); // who owns it
        Assert.Equal(HttpStatusCode.Forbidden, added.Status);
        // A key is no reason to do for a user what the user may not.
        Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync(key, own, "dan", "eve")).Status);
        // They go, and act on each other, as ever.
        Assert.Equal(HttpStatusCode.OK, (await keys.AskAsync(token, HttpMethod.Delete,
            $"/api/v1/chat/{own}/participants?participant_id=ben")).Status);

        Task<Rest.RestAnswer> AddAsync(string secret, string to, string who, string? asUser = null) => keys.PostAsync(
            secret, $"/api/v1/chat/{to}/participants{(secret == key && asUser is null ? "?user_id=robot" : "")}",
            $$"""{"participant_ids":["{{who}}"]}""", asUser);
    }
}
