using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Messages;

/// <summary>One connection over which users set reactions by REST, one after the other. Just enough HTTP for that: the
/// generator shares the processor with the servers.</summary>
internal sealed class ReactionSource : IDisposable
{
    /// <summary>What stands around the key, in bytes.</summary>
    private const int Frame = 13;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16_384], _request = new byte[1_024];

    public static async Task<ReactionSource> ConnectAsync(Uri server)
    {
        var source = new ReactionSource();
        await source._socket.ConnectAsync(IPAddress.Loopback, server.Port);
        return source;
    }

    /// <returns>Null when it is stored; else the answer.</returns>
    public async Task<string?> SetAsync(string user, long message, string key)
    {
        await _socket.SendAsync(_request.AsMemory(0, Write(user, message, key)));
        for (var filled = 0; ;)
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (count == 0) return "the connection ended";
            filled += count;
            if (LengthOf(_buffer.AsSpan(0, filled)) is not { } length || filled < length) continue;
            return _buffer.AsSpan(0, filled).StartsWith("HTTP/1.1 200 "u8)
                ? null
                : Encoding.UTF8.GetString(_buffer, 0, filled);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <returns>How long the request is. No text in it has to be escaped.</returns>
    private int Write(string user, long message, string key)
    {
        Utf8.TryWrite(_request,
            $"PUT /api/v1/chat/{ConversationId.Lobby}/messages/{message}/reactions?user_id={user} HTTP/1.1\r\n"
                + $"Host: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + $"{Encoding.UTF8.GetByteCount(key) + Frame}\r\n\r\n{{\"keys\":[\"{key}\"]}}", out var length);
        return length;
    }

    /// <summary>Length of the whole answer; null until its head is complete.</summary>
    private static int? LengthOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return null;
        var length = answer.IndexOf("Content-Length: "u8);
        return length >= 0 && System.Buffers.Text.Utf8Parser.TryParse(answer[(length + 16)..], out int body, out _)
            ? head + 4 + body
            : throw new InvalidOperationException($"no length: {Encoding.UTF8.GetString(answer)}");
    }
}
