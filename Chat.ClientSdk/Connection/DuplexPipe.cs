using System.IO.Pipelines;

namespace Chat.ClientSdk.Connection;

/// <summary>One end of a connection: what comes in and what goes out.</summary>
internal sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe
{
    // A side that does not read holds up the other at this size, and so, over TCP, the server.
    private static readonly PipeOptions Options = new(
        pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024, useSynchronizationContext: false);

    public static Pipe CreateOneWay() => new(Options);

    /// <summary>The application's end and the transport's end: what one writes the other reads.</summary>
    public static (DuplexPipe Application, DuplexPipe Transport) CreatePair()
    {
        var incoming = CreateOneWay();
        var outgoing = CreateOneWay();
        return (new DuplexPipe(incoming.Reader, outgoing.Writer), new DuplexPipe(outgoing.Reader, incoming.Writer));
    }
}
