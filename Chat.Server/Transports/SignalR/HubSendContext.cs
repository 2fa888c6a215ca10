using System.Diagnostics;
using Chat.Server.Concurrency;
using Chat.Server.Core;

namespace Chat.Server.Transports.SignalR;

/// <summary>What the messages of all hub connections share.</summary>
internal sealed class HubSendContext(ChatService chat, RefusalFilter refusals, CoreOptions options)
{
    private const int AnswersPerTurn = 16;

    // It has the name of SignalR's own: it has listeners when that one has.
    private static readonly ActivitySource Calls = new("Microsoft.AspNetCore.SignalR.Server");

    public ChatService Chat => chat;

    public RefusalFilter Refusals => refusals;

    /// <summary>How many messages of a connection may be under way.</summary>
    public int MostInFlight => options.SendsInFlightPerConnection;

    /// <summary>True: somebody wants to see each call of the hub as SignalR shows it.</summary>
    public bool IsTraced => Calls.HasListeners();

    public Pump<HubSend> Answers { get; } = new(Environment.ProcessorCount, AnswersPerTurn, static send =>
    {
        send.Answer();
        return 1;
    });
}
