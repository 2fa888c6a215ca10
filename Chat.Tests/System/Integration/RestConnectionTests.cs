using System.Net;
using System.Text;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Xunit;

namespace Chat.Tests.Integration;

public sealed class RestConnectionTests
{
    [Fact]
    public async Task Requests_with_bodies_follow_one_another_on_one_connection()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        var connections = 0;
        using var handler = new SocketsHttpHandler();
        handler.ConnectCallback = async (context, ct) =>
        {
            Interlocked.Increment(ref connections);
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream,
                System.Net.Sockets.ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        };
        using var http = new HttpClient(handler) { BaseAddress = server.Url };

        string[] bodies = ["""{"client_id":"ann"}""", """{"client_id":"ben"}""", "no JSON", """{"client_id":"cem"}"""];
        foreach (var body in bodies)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync("/api/join", content);
            Assert.Equal(body[0] == '{' ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
            await answer.Content.ReadAsByteArrayAsync();
        }
        Assert.Equal(1, connections);
    }
}
