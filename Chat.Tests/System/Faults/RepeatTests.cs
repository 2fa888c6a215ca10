using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Npgsql;

namespace Chat.Tests.Faults;

/// <summary>The connection to PostgreSQL is lost at any byte of a commit, and then everything happens that refuses such
/// an act: what is asked again is answered with its receipt where it was stored, and refused where it was not. CH-5,
/// CH-224.</summary>
public sealed class RepeatTests : IAsyncLifetime
{
    private static readonly UserId Ben = UserId.Parse("ben");

    private TestDatabase _database = null!;
    private FaultProxy _proxy = null!;
    private TestServer _server = null!;
    private ChatHubConnection _ann = null!;
    private ChatHubConnection _ben = null!;

    public async Task InitializeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        _database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        var settings = new NpgsqlConnectionStringBuilder(_database.Settings.ConnectionString);
        _proxy = new FaultProxy(settings.Port);
        settings.Port = _proxy.Port;
        _server = await TestServer.StartAsync(
            new DatabaseSettings(DatabaseKind.Postgres, settings.ConnectionString), ("Chat:Messages:EditMinutes", "5"));
        _ann = await _server.ConnectHubAsync("ann");
        _ben = await _server.ConnectHubAsync("ben");
    }

    public async Task DisposeAsync()
    {
        if (RequiredTools.PostgresSkipReason is not null) return;
        await _ann.DisposeAsync();
        await _ben.DisposeAsync();
        await _server.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [PostgresFact]
    public Task An_edit_is_acknowledged_after_its_time_and_the_deletion_of_its_message() => HoldsAsync(
        id => _ben.EditMessageAsync(id, 2, new() { Body = "new", DedupeKey = "key" }),
        id => _server.Http.PatchAsJsonAsync(
            $"/api/v1/chat/{id}/messages/2?user_id=ben", new { body = "new", dedupe_key = "key" }));

    [PostgresFact]
    public Task A_deletion_is_acknowledged_after_its_author_is_gone() => HoldsAsync(
        id => _ben.DeleteMessageAsync(id, 3, new() { DedupeKey = "key" }),
        id => _server.Http.DeleteAsync(
            new Uri($"/api/v1/chat/{id}/messages/3?user_id=ben&dedupe_key=key", UriKind.Relative)));

    [PostgresFact]
    public Task A_message_is_acknowledged_after_its_sender_is_gone() => HoldsAsync(
        id => _ben.SendAsync(id, "hello", new() { DedupeKey = "key", ReplyTo = 2 }), null);

    private async Task HoldsAsync(
        Func<ConversationId, Task<SendReceipt>> act, Func<ConversationId, Task<HttpResponseMessage>>? overRest)
    {
        var stored = 0;
        foreach (var bytes in Enumerable.Range(0, 12).Select(i => i * i * 12))
            foreach (var ofServer in (bool[])[true, false])
            {
                var id = (await _ann.CreateConversationAsync(new() { ParticipantIds = [Ben] })).Id;
                await _ben.SendAsync(id, "one"); // 2
                await _ben.SendAsync(id, "two"); // 3
                if (ofServer) _proxy.CutAfter(bytes);
                else _proxy.CutAfterFromClient(bytes);
                var first = await TryAsync(() => act(id));
                _proxy.CutAfter(long.MaxValue);
                _proxy.CutAfterFromClient(long.MaxValue);

                await RefuseFromNowOnAsync(id);
                var (sequence, messageId) = await StoredAsync(id);
                if (first is not null) Assert.Equal(sequence, first.Sequence);
                if (sequence is { } at)
                {
                    stored++;
                    var again = await act(id);
                    Assert.Equal((at, messageId, true), (again.Sequence, again.Id.ToString(), again.Duplicate));
                    if (overRest is null) continue;
                    using var answer = await overRest(id);
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
                    Assert.Equal((at, messageId, true), (said.GetProperty("seq").GetInt64(),
                        said.GetProperty("id").GetString(), said.GetProperty("duplicate").GetBoolean()));
                }
                else
                {
                    var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => act(id));
                    Assert.Equal(ChatErrorCode.Forbidden, refused.Code);
                }
            }
        Assert.True(_proxy.Cuts > 0);
        Assert.True(stored > 0);
    }

    /// <summary>The time for edits is over, the messages are deleted, and their author is removed.</summary>
    private async Task RefuseFromNowOnAsync(ConversationId id)
    {
        await DoneAsync(() => _ann.DeleteMessageAsync(id, 2));
        await DoneAsync(() => _ann.DeleteMessageAsync(id, 3));
        await _database.ExecuteAsync(
            $"update messages set created_at = created_at - interval '6 minutes' where conversation_id = '{id}'");
        await DoneAsync(() => _ann.RemoveParticipantAsync(id, Ben));
    }

    private async Task<(long? Sequence, string Id)> StoredAsync(ConversationId id)
    {
        var found = await _database.QueryAsync("select sequence || ' ' || message_id from messages "
            + $"where conversation_id = '{id}' and dedupe_key = 'key'");
        return found is [var one] && one.Split(' ') is [var sequence, var message]
            ? (long.Parse(sequence, CultureInfo.InvariantCulture), message)
            : (null, "");
    }

    /// <summary>The server may be without a session still.</summary>
    private static Task DoneAsync(Func<Task> act) => Eventually.HoldsAsync(async () =>
    {
        try
        {
            await act();
            return true;
        }
        catch (ChatRefusedException e) when (e.Code == ChatErrorCode.InternalError)
        {
            return false;
        }
    });

    private static async Task<SendReceipt?> TryAsync(Func<Task<SendReceipt>> act)
    {
        try
        {
            return await act().WaitAsync(Bounds.Wait);
        }
        catch (ChatRefusedException)
        {
            return null;
        }
    }
}
