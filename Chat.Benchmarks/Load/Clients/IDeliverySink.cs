namespace Chat.Benchmarks.Load.Clients;

/// <summary>Receives the events of a client, one call at a time.</summary>
internal interface IDeliverySink
{
    /// <summary>An entry of the joined conversation.</summary>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="body">The text of a message; empty for every other entry.</param>
    void OnEntry(long sequence, ReadOnlySpan<byte> body);

    /// <summary>A send was acknowledged. Raw sockets do not call it: there the own message is the
    /// acknowledgement.</summary>
    void OnAcknowledged(int number);

    /// <summary>A refusal, or an unexpected end of the connection.</summary>
    void OnProblem(string text);
}
