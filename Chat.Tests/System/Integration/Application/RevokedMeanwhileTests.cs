using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Keys;
using Chat.Server.Keys.Store;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Application;

/// <summary>What takes long over REST ends with the key that it was begun with, and with the tenant.</summary>
public sealed class RevokedMeanwhileTests : IAsyncLifetime
{
    private const string Import = "/api/v1/admin/import", Export = "/api/v1/admin/users/export";

    private readonly Inbox<string> _ended = new();
    private TestDatabase _database = null!;
    private TestServer _server = null!;

    private IChat Chat => _server.Services.GetRequiredService<IChat>();

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _server = await TestServer.StartAsync(_database.Settings, new InProcessBus(),
            services => services.AddSingleton<IStartupFilter>(new RequestEnds(http => _ended.Add(http.Request.Path))),
            ("Chat:Identity:Mode", "Token"), ("Chat:FanOut:WriteTimeoutSeconds", "600"), ("Chat:Core:Lobby", "false"));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    // CH-325
    [Fact]
    public async Task An_import_ends_while_it_waits_for_entries_and_goes_on_with_another_key()
    {
        var history = new RandomHistory(23, 1_500);
        var key = await KeyAsync();
        using var client = await BeginAsync(key, Import, history.Entries.Take(1_200));
        await StoredAsync(1_000);
        await RevokeAsync(key);
        var answer = await client.RestAsync();
        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Contains("the key was revoked", answer, StringComparison.Ordinal);

        var report = await Chat.ImportAsync(history.Entries.ToAsyncEnumerable());
        Assert.Equal((1, 0, 500), (report.Conversations, report.Known, report.Entries));
    }

    // CH-325
    [Fact]
    public async Task An_export_ends_also_while_its_client_takes_nothing_and_has_no_trailer()
    {
        var history = new RandomHistory(29, 300);
        await Chat.ImportAsync(history.Entries.Select(entry => entry is MessageEntry { Erased: false } message
            ? message with { Body = new string('x', 60_000), SenderId = UserId.Parse("ann") }
            : entry).ToAsyncEnumerable());
        var key = await KeyAsync();
        using var client = await SocketClient.ConnectAsync(_server.Url);
        await client.SayAsync(Head(key, Export) + "Content-Length: 17\r\n\r\n{\"user_id\":\"ann\"}");
        await client.ReadSomeAsync(); // it has begun
        await RevokeAsync(key);
        while (await _ended.NextAsync() != Export) { }
        Assert.DoesNotContain("\"trailer\"", await client.RestAsync(), StringComparison.Ordinal);
    }

    // CH-305, CH-219
    [Fact]
    public async Task An_import_ends_where_its_tenant_is_suspended()
    {
        var history = new RandomHistory(31, 1_500);
        using var client = await BeginAsync(await KeyAsync(), Import, history.Entries.Take(1_200));
        await StoredAsync(1_000);
        using var suspended = await AskAsync(
            await KeyAsync(KeyRules.AllTenants), "/api/v1/admin/tenants/suspend",
            """{"tenant":"default","reason":"unpaid"}""");
        Assert.True(suspended.IsSuccessStatusCode);
        await client.SayChunkAsync(BodyOf(history.Entries.Skip(1_200)));
        await client.SayAsync("0\r\n\r\n");
        var answer = await client.RestAsync();
        Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal);
        Assert.Contains("tenant_suspended", answer, StringComparison.Ordinal);
        Assert.Empty(await _database.QueryAsync(
            $"select 1 from participants where conversation_id = {_database.Literal(history.Id)}"));
    }

    // CH-305
    [Fact]
    public async Task An_entry_that_is_too_large_is_refused_with_what_is_allowed_of_entries()
    {
        using var answer = await AskAsync(
            await KeyAsync(), Import, $$"""[{"kind":"message","body":"{{new string('x', 5_000_000)}}"}]""");
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal(
            """{"error":"an entry must have at most 1048576 bytes; what was stored stays: given again from its """
            + "first entry, it goes on\"}", await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> KeyAsync(string tenant = "default") =>
        (await _server.Services.GetRequiredService<KeyMaker>().MakeAsync(
            new NewKey("backend", tenant == KeyRules.AllTenants ? null : Tenant.Parse(tenant), KeyScopes.Admin, null),
            Nobody, default)).Key;

    private static AuditEntry Nobody => new(null, "operator:test", "", "");

    private Task RevokeAsync(string key) => _server.Services.GetRequiredService<Credentials<ApiKeyRow>>().RevokeAsync(
        Credential.Parse(key)!.Id, _ => true, Nobody with { Act = "key.revoke" }, default);

    private Task StoredAsync(int entries) => Eventually.HoldsAsync(async () =>
        (await _database.QueryAsync("select 1 from messages")).Count >= entries);

    private async Task<HttpResponseMessage> AskAsync(string key, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Headers = { Authorization = new("Bearer", key) }, Content = new StringContent(body),
        };
        return await _server.Http.SendAsync(request);
    }

    /// <summary>A body that does not end.</summary>
    private async Task<SocketClient> BeginAsync(string key, string path, IEnumerable<ConversationEntry> entries)
    {
        var client = await SocketClient.ConnectAsync(_server.Url);
        await client.SayAsync(Head(key, path) + "Transfer-Encoding: chunked\r\n\r\n");
        await client.SayChunkAsync(BodyOf(entries));
        return client;
    }

    private string Head(string key, string path) =>
        $"POST {path} HTTP/1.1\r\nHost: {_server.Url.Authority}\r\nAuthorization: Bearer {key}\r\n"
        + "Connection: close\r\n";

    private static string BodyOf(IEnumerable<ConversationEntry> entries) => string.Concat(entries.Select(entry =>
        JsonSerializer.Serialize(entry, ChatJsonContext.Default.ConversationEntry) + "\n"));

    /// <summary>A client that says what the test wants, and reads when it wants.</summary>
    private sealed class SocketClient : IDisposable
    {
        private readonly TcpClient _client = new() { ReceiveBufferSize = 4_096 };
        private readonly CancellationTokenSource _bound = new(Bounds.Wait);

        public static async Task<SocketClient> ConnectAsync(Uri server)
        {
            var client = new SocketClient();
            await client._client.ConnectAsync(server.Host, server.Port, client._bound.Token);
            return client;
        }

        public async Task SayAsync(string text) =>
            await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), _bound.Token);

        public Task SayChunkAsync(string text) =>
            SayAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

        public async Task ReadSomeAsync() => await _client.GetStream().ReadExactlyAsync(new byte[16], _bound.Token);

        /// <summary>All until the connection ends.</summary>
        public async Task<string> RestAsync()
        {
            var received = new StringBuilder();
            var buffer = new byte[65_536];
            try
            {
                while (await _client.GetStream().ReadAsync(buffer, _bound.Token) is > 0 and var read)
                    received.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
            catch (IOException)
            {
                // NOTE: it was cut.
            }
            return $"{received}";
        }

        public void Dispose()
        {
            _client.Dispose();
            _bound.Dispose();
        }
    }
}
