using Chat.Server.Core;
using Chat.Server.Core.MessageLog;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>A message of a hub connection that is under way.</summary>
/// <param name="sends">Answers it.</param>
/// <param name="call">What the client called.</param>
internal sealed class HubSend(HubSends sends, InvocationMessage call) : IAppendEnd
{
    public InvocationMessage Call => call;

    /// <summary>Where it is stored, unless it failed.</summary>
    public Appended Stored { get; private set; }

    /// <summary>Why it is not stored.</summary>
    public Exception? Failure { get; private set; }

    void IAppendEnd.Stored(in Appended stored)
    {
        Stored = stored;
        sends.AnswerSoon(this);
    }

    void IAppendEnd.Refused(ChatException refusal, string? dedupeKey) => Fail(refusal);

    public void Fail(Exception failure)
    {
        Failure = failure;
        sends.AnswerSoon(this);
    }

    /// <summary>Writes the answer.</summary>
    public void Answer() => _ = sends.AnswerAsync(this); // it handles its failures itself
}
