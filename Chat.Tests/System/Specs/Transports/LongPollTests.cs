using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Contracts.Identifiers;
using Chat.Server.Connections;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Specs.Transports;

/// <summary>SignalR over long polling: an answer that may be lost ends the connection, so that nothing is left out
/// silently (CH-29).</summary>
public sealed partial class LongPollTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestServer _server = null!;
    private string _address = "";

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _server = await TestServer.StartAsync(_database.Settings);
        await ConnectAsync();
    }

    private async Task ConnectAsync()
    {
        using var negotiated =
            await _server.Http.PostAsync("/hubs/chat/negotiate?negotiateVersion=1&user_id=ann", null);
        using var answer = JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync());
        _address = $"/hubs/chat?id={answer.RootElement.GetProperty("connectionToken").GetString()}&user_id=ann";
        (await _server.Http.GetAsync(_address)).EnsureSuccessStatusCode();
        await PostAsync("""{"protocol":"json","version":1}""");
        (await _server.Http.GetStringAsync(_address)).Should().Contain("{}");
        await PostAsync($$"""{"type":1,"invocationId":"1","target":"Join","arguments":["{{ConversationId.Lobby}}"]}""");
        (await _server.Http.GetStringAsync(_address)).Should().Contain("\"invocationId\":\"1\"");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_whose_connection_is_closed_at_once_may_be_lost()
    {
        await SendAsync("one");
        using (var first = await PollConnection.OpenAsync(_server.Url))
            (await first.PollAsync(_address)).Should().Contain("\"one\"");
        await SendAsync("two");
        using var second = await PollConnection.OpenAsync(_server.Url);
        (await second.PollAsync(_address)).Should().StartWith("HTTP/1.1 404").And.NotContain("\"two\"");
        await EndedAsync();
    }

    [Fact]
    public async Task A_poll_that_takes_the_place_of_an_answered_one_shows_nothing_that_follows_a_loss()
    {
        // The first is given up just when something comes. Whatever happens in between, no sequence is left out.
        var seen = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            using var kept = await PollConnection.OpenAsync(_server.Url, "Connection: close");
            var given = await PollConnection.OpenAsync(_server.Url);
            await given.AskAsync(_address);
            var sending = SendAsync($"{i}");
            given.Dispose();
            var answer = await kept.PollAsync(_address);
            await sending;
            if (answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) seen.AddRange(SequencesOf(answer));
            else
            {
                FollowEachOther(seen);
                seen.Clear();
                await ConnectAsync();
            }
        }
        FollowEachOther(seen);
    }

    [Fact]
    public async Task Of_two_polls_that_wait_at_once_one_shows_what_comes_or_the_connection_ends()
    {
        var seen = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            using var one = await PollConnection.OpenAsync(_server.Url, "Connection: close");
            using var other = await PollConnection.OpenAsync(_server.Url, "Connection: close");
            await one.AskAsync(_address);
            var sending = SendAsync($"{i}");
            await other.AskAsync(_address);
            // SignalR ends the one that came first for the other, at the latest. They came by two connections: which of
            // them was first is not known.
            var (ofOne, ofOther) = (one.ReadAsync(), other.ReadAsync());
            var first = await Task.WhenAny(ofOne, ofOther);
            var shown = SequencesOf(await first).ToList();
            if (shown.Count > 0) await ConnectAsync(); // the other would wait for the next message
            else
            {
                var second = await (first == ofOne ? ofOther : ofOne);
                shown.AddRange(SequencesOf(second));
                if (shown.Count == 0)
                {
                    var isToldToClose = second.Contains("{\"type\":7", StringComparison.Ordinal);
                    if (!isToldToClose) second.Should().NotStartWith("HTTP/1.1 200");
                    FollowEachOther(seen);
                    seen.Clear();
                    await sending; // it is of the lost connection
                    await ConnectAsync();
                }
            }
            await sending;
            seen.AddRange(shown);
        }
        FollowEachOther(seen);
    }

    [Fact]
    public async Task Polls_that_are_given_up_before_an_answer_lose_nothing()
    {
        var seen = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            using (var given = await PollConnection.OpenAsync(_server.Url)) await given.AskAsync(_address);
            await SendAsync($"{i}");
            using var kept = await PollConnection.OpenAsync(_server.Url, "Connection: close");
            var answer = await kept.PollAsync(_address);
            if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) return; // it was in the lost one
            seen.AddRange(SequencesOf(answer));
        }
        FollowEachOther(seen);
    }

    [Fact]
    public async Task Clients_may_keep_one_connection_use_several_or_close_each_as_they_say()
    {
        using var one = await PollConnection.OpenAsync(_server.Url);
        using var other = await PollConnection.OpenAsync(_server.Url);
        await ShownAsync(one, "one");
        await ShownAsync(one, "same connection");
        await ShownAsync(other, "another, while the first is open");
        foreach (var header in new[] { "Connection: close", "X-Forwarded-For: 192.0.2.1" })
            for (var i = 0; i < 2; i++)
            {
                using var closing = await PollConnection.OpenAsync(_server.Url, header);
                await ShownAsync(closing, $"{header} {i}");
            }
        await ShownAsync(one, "the first again");
    }

    private static void FollowEachOther(List<long> seen) =>
        seen.Should().Equal(seen.Select((_, i) => seen[0] + i));

    private async Task ShownAsync(PollConnection connection, string body)
    {
        await SendAsync(body);
        (await connection.PollAsync(_address)).Should().StartWith("HTTP/1.1 200").And.Contain($"\"{body}\"");
    }

    private async Task SendAsync(string body)
    {
        using var joined = await _server.Http.PostAsync("/api/join", new StringContent("""{"client_id":"room"}"""));
        using var sent = await _server.Http.PostAsync("/api/send",
            new StringContent(JsonSerializer.Serialize(new { client_id = "room", message = body })));
        sent.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private async Task PostAsync(string message)
    {
        using var posted = await _server.Http.PostAsync(_address, new StringContent(message + "\u001e"));
        posted.EnsureSuccessStatusCode();
    }

    private Task EndedAsync()
    {
        var connections = _server.Services.GetRequiredService<ConnectionRegistry>();
        return Eventually.HoldsAsync(() => Task.FromResult(connections.Of(UserId.Parse("ann").Key()).Count == 0));
    }

    private static IEnumerable<long> SequencesOf(string answer) =>
        Sequence().Matches(answer).Select(match => long.Parse(match.Groups[1].ValueSpan, null));

    [GeneratedRegex("\"sequence\":([0-9]+)")]
    private static partial Regex Sequence();

    /// <summary>One connection of HTTP/1.1, closed when the test says so.</summary>
    private sealed class PollConnection : IDisposable
    {
        private readonly TcpClient _client = new();
        private readonly Uri _server;
        private readonly string _header;

        private PollConnection(Uri server, string header) => (_server, _header) = (server, header);

        public static async Task<PollConnection> OpenAsync(Uri server, string header = "X-Test: 1")
        {
            var connection = new PollConnection(server, header);
            await connection._client.ConnectAsync(server.Host, server.Port);
            return connection;
        }

        public async Task AskAsync(string address) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {address} HTTP/1.1\r\nHost: {_server.Authority}\r\n{_header}\r\n\r\n"));

        /// <returns>Head and body; what came of them when the server cut the connection.</returns>
        public async Task<string> PollAsync(string address)
        {
            await AskAsync(address);
            return await ReadAsync();
        }

        /// <inheritdoc cref="PollAsync"/>
        public async Task<string> ReadAsync()
        {
            using var bound = new CancellationTokenSource(Bounds.Wait);
            var (read, buffer) = (new StringBuilder(), new byte[64 * 1_024]);
            try
            {
                while (!IsWhole(read.ToString())
                    && await _client.GetStream().ReadAsync(buffer, bound.Token) is > 0 and var count)
                    read.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            catch (IOException)
            {
                // NOTE: cut.
            }
            return read.ToString();
        }

        public void Dispose() => _client.Dispose();

        private static bool IsWhole(string answer)
        {
            var head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) return false;
            var length = Length().Match(answer);
            return !length.Success || answer.Length - head - 4 >= int.Parse(length.Groups[1].ValueSpan, null);
        }
    }

    [GeneratedRegex("Content-Length: ([0-9]+)")]
    private static partial Regex Length();
}
