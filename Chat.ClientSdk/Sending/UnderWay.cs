namespace Chat.ClientSdk.Sending;

/// <summary>The messages under way, of all conversations, in the order in which they were sent; and which was the first
/// at each connection loss.</summary>
/// <remarks>Guarded by the outbox's lock.</remarks>
/// <param name="mostLosses">After this number in a row the first is set aside; null: never.</param>
internal sealed class UnderWay(int? mostLosses)
{
    private readonly LinkedList<(PendingMessage Message, long Session)> _calls = [];
    private PendingMessage? _suspect;
    private int _losses;
    private long _lastLost;

    public void Add(PendingMessage message, long session) => _calls.AddLast((message, session));

    /// <summary>There is an answer.</summary>
    public void Remove(PendingMessage message, long session)
    {
        _calls.Remove((message, session));
        if (_suspect == message) _suspect = null;
    }

    /// <summary>There will be no answer: the session was lost.</summary>
    /// <returns>The message to set aside; null for none.</returns>
    public PendingMessage? RemoveLost(PendingMessage message, long session)
    {
        var first = _calls.First(call => call.Session == session).Message;
        _calls.Remove((message, session));
        if (session == _lastLost) return null; // counted by the first call that notices it
        _lastLost = session;
        _losses = first == _suspect ? _losses + 1 : 1;
        _suspect = first;
        if (_losses < mostLosses || mostLosses is null) return null;
        _suspect = null;
        return first;
    }
}
