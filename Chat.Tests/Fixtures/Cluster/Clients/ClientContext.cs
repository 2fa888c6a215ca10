using System.Collections.Concurrent;
using Chat.Contracts.Errors;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>What all clients of a load share: where the servers are, and a place to complain.</summary>
internal sealed class ClientContext(Func<Uri> anyInstance, TimeProvider time) : IDisposable
{
    /// <summary>A client that waits longer than this for an answer tries another instance. It must not hide how fast
    /// the servers recover, so it is short.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<string> _complaints = new();

    public TimeProvider Time => time;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { ConnectTimeout = Patience, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan
    };

    /// <summary>What was not as promised.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    public Uri AnyInstance() => anyInstance();

    public void Complain(string text) => _complaints.Enqueue(text);

    /// <summary>A client that did nothing wrong was refused. Only a server that cannot now may say so.</summary>
    public LostException Refused(string user, string what, ChatErrorCode code, string text)
    {
        if (code != ChatErrorCode.InternalError) Complain($"{user}: {what} was refused with {code.ToWire()}: {text}");
        return new LostException($"{code.ToWire()}: {text}");
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>The connection is gone, or the server says that it cannot now. Try again, elsewhere.</summary>
internal sealed class LostException(string message, Exception? cause = null) : Exception(message, cause);
