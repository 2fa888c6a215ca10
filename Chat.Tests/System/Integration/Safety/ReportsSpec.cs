using System.Net;
using System.Text.Json;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Keys;
using Chat.Tests.Integration.Rest;

namespace Chat.Tests.Integration.Safety;

/// <summary>Reports over REST and raw sockets, for moderators of the tenant and for keys, on both databases.</summary>
public abstract class ReportsSpec : OnKeyServer
{
    private const string NotYours = "you are not a participant of this conversation, or it does not exist";

    // CH-214, CH-216
    [SpecFact]
    public async Task Moderators_of_the_tenant_and_keys_see_all_of_theirs_and_close_it()
    {
        var key = await Keys.KeyAsync(KeyScopes.App | KeyScopes.Admin, "acme");
        var other = await Keys.KeyAsync(KeyScopes.App | KeyScopes.Admin);
        var where = await Keys.CreateAsync(key, "ann", "ben", "cem");
        var (cem, mod) = (await Keys.TokenAsync(key, "cem"),
            await Keys.TokenAsync(key, "mod", ""","roles":["moderator"] """));
        await SendAsync(key, where, "ben", "buy now");
        var path = $"/api/v1/chat/{where}/reports";

        Done(await Keys.PostAsync(cem, path, """{"seq":2,"reason":"spam"}"""));
        Done(await Keys.PostAsync(cem, path, """{"participant_id":"ben","reason":"rude"}"""));

        foreach (var (secret, at) in new[] { (mod, "/api/v1/reports"), (mod, path), (key, "/api/v1/admin/reports") })
        {
            var listed = (await Keys.GetAsync(secret, at)).Json;
            Assert.Equal((at, 2), (at, listed.GetProperty("count").GetInt32()));
            var first = listed.GetProperty("reports")[0];
            Assert.Equal(("spam", "ben", "cem", 2, "buy now"), (Text(first, "reason"), Text(first, "user_id"),
                Text(first, "reporter_id"), first.GetProperty("seq").GetInt32(),
                Text(first.GetProperty("entry"), "body")));
            var rest = (await Keys.GetAsync(secret, $"{at}?limit=1&after_id={first.GetProperty("id")}")).Json;
            Assert.Equal("rude", Text(rest.GetProperty("reports")[0], "reason"));
        }
        var id = (await Keys.GetAsync(mod, path)).Json.GetProperty("reports")[0].GetProperty("id").GetInt64();
        // Users and other tenants are answered as for a report that does not exist.
        const string close = """{"outcome":"acted"}""";
        foreach (var (secret, number) in new[]
            { (cem, id), (cem, id + 99), (await Keys.TokenAsync(other, "ann", ""","roles":["moderator"] """), id) })
            (await Keys.PostAsync(secret, $"/api/v1/reports/{number}/close", close)).IsRefused(403, NotYours);
        (await Keys.PostAsync(other, $"/api/v1/admin/reports/{id}/close", close)).IsRefused(403, NotYours);
        Assert.Equal(0, (await Keys.GetAsync(other, "/api/v1/admin/reports")).Json.GetProperty("count").GetInt32());
        Assert.Equal(HttpStatusCode.Forbidden, (await Keys.GetAsync(cem, "/api/v1/reports")).Status);

        Done(await Keys.PostAsync(mod, $"/api/v1/reports/{id}/close", close));
        Done(await Keys.PostAsync(key, $"/api/v1/admin/reports/{id + 1}/close", """{"outcome":"dismissed"}"""));
        Assert.Equal(0, (await Keys.GetAsync(key, "/api/v1/admin/reports")).Json.GetProperty("count").GetInt32());
        (await Keys.PostAsync(mod, $"/api/v1/reports/{id}/close", """{"outcome":"forgotten"}"""))
            .IsRefused(400, "outcome must be dismissed or acted");
        Assert.Equal(
            [
                ($"key:{key[3..19]}", "report.close", $"{where} user:ben dismissed"),
                ("user:mod", "report.close", $"{where} user:ben acted"),
                ("user:cem", "report.create", $"{where} user:ben"),
                ("user:cem", "report.create", $"{where} user:ben 2"),
            ],
            (await Keys.GetAsync(key, "/api/v1/admin/audit")).Json.GetProperty("entries").EnumerateArray()
                .Where(one => Text(one, "act").StartsWith("report.", StringComparison.Ordinal))
                .Select(one => (Text(one, "actor"), Text(one, "act"), Text(one, "target"))));
    }

    // CH-215, CH-217
    [SpecFact]
    public async Task Raw_sockets_report_and_are_told_and_see_what_is_left_of_the_message()
    {
        var key = await Keys.KeyAsync(KeyScopes.App);
        var where = await Keys.CreateAsync(key, "ann", "ben", "cem");
        await SendAsync(key, where, "ben", "buy now");
        await using var ann = await OpenAsync(key, "ann", "reports");
        await using var ben = await OpenAsync(key, "ben", "reports");
        await using var cem = await OpenAsync(key, "cem", "reports");
        await ann.SendAsync(new { type = "reports", conversation_id = where });
        Assert.Equal(0, (await ann.UntilAsync("reports")).GetProperty("reports").GetArrayLength());

        await cem.SendAsync(new { type = "report", conversation_id = where, seq = 2, reason = "spam" });
        Assert.Equal(("report", where), (Text(await cem.UntilAsync("done"), "of"), where));
        Assert.Equal(where, Text(await ann.UntilAsync("reports_changed"), "conversation_id"));
        await ann.SendAsync(new { type = "reports", conversation_id = where });
        var open = (await ann.UntilAsync("reports")).GetProperty("reports")[0];
        Assert.Equal("buy now", Text(open.GetProperty("entry"), "body"));
        await ben.SendAsync(new { type = "reports", conversation_id = where });
        Assert.Equal("forbidden", Text(await ben.UntilErrorAsync(), "code"));

        // The report shows the message as it is now: erased.
        await Keys.ExecuteAsync("update messages set message = '' where sequence = 2");
        await ann.SendAsync(new { type = "reports", conversation_id = where });
        var erased = (await ann.UntilAsync("reports")).GetProperty("reports")[0];
        Assert.Equal(JsonValueKind.Null, erased.GetProperty("entry").GetProperty("body").ValueKind);
        await cem.SendAsync(new { type = "report", conversation_id = where, seq = 2, reason = "again" });

        await ann.SendAsync(
            new { type = "close_report", report_id = open.GetProperty("id").GetInt64(), outcome = "acted" });
        // In either order: who watches is told by a turn of its own.
        var (isDone, isTold) = (false, false);
        while (!isDone || !isTold)
        {
            var frame = await ann.NextAsync();
            isTold |= Text(frame, "type") == "reports_changed";
            isDone |= Text(frame, "type") == "done" && Text(frame, "of") == "close_report";
            Assert.NotEqual("error", Text(frame, "type"));
        }
        await using var plain = await OpenAsync(key, "ann", "seq");
        await plain.SendAsync(new { type = "reports", conversation_id = where });
        Assert.Equal("unsupported_type", Text(await plain.UntilErrorAsync(), "code"));
    }

    // CH-217
    [SpecFact]
    public async Task After_the_log_was_restored_another_entry_is_not_shown_as_the_reported_one()
    {
        var key = await Keys.KeyAsync(KeyScopes.App | KeyScopes.Admin);
        var where = await Keys.CreateAsync(key, "ann", "ben");
        await SendAsync(key, where, "ben", "buy now");
        Done(await Keys.PostAsync(key, $"/api/v1/chat/{where}/reports", """{"seq":2,"reason":"spam"}""", "ann"));
        var found = (await Keys.GetAsync(key, "/api/v1/admin/reports")).Json.GetProperty("reports")[0];
        Assert.Equal(JsonValueKind.Object, found.GetProperty("entry").ValueKind);

        await Keys.ExecuteAsync("update reports set message_id = conversation_id");

        found = (await Keys.GetAsync(key, "/api/v1/admin/reports")).Json.GetProperty("reports")[0];
        Assert.Equal(JsonValueKind.Null, found.GetProperty("entry").ValueKind);
    }

    private static void Done(RestAnswer answer) =>
        Assert.Equal((HttpStatusCode.OK, """{"status":"success"}"""), (answer.Status, answer.Body));

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private async Task SendAsync(string key, string where, string user, string body)
    {
        Assert.Equal(HttpStatusCode.Accepted,
            (await Keys.PostAsync(key, $"/api/v1/chat/{where}", $$"""{"body":"{{body}}"}""", user)).Status);
        await Eventually.HoldsAsync(async () =>
            (await Keys.GetAsync(key, $"/api/v1/chat/{where}/messages")).Bodies == body);
    }

    private async Task<RawClient> OpenAsync(string key, string user, string features)
    {
        var raw = await RawClient.OpenAsync(
            Keys.Server.Url, $"features={features}", token: await Keys.TokenAsync(key, user));
        await raw.UntilAsync("connected");
        return raw;
    }
}

public sealed class SqliteReportsTests : ReportsSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresReportsTests : ReportsSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
