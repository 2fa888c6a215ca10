using System.IO.Pipelines;

namespace Chat.ClientSdk.Connection;

/// <summary>A running way to move bytes to a server and back.</summary>
internal interface ITransport
{
    /// <summary>The application's end. Its input completes, with the reason, when the connection is over.</summary>
    IDuplexPipe Pipe { get; }

    /// <summary>Completes, and never fails, once the transport is over and holds nothing any more.</summary>
    Task Ended { get; }

    /// <summary>Sends what was written, says goodbye, and waits for the end: the close timeout at most.</summary>
    Task StopAsync();

    /// <summary>Cuts the connection now.</summary>
    void Abort();
}
