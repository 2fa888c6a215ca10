using System.Text;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>Raw frames with <c>features=seq</c>, so that loss and repeats show in the sequence.</summary>
internal sealed class RawClient(IDeliverySink sink) : TextWireClient(sink)
{
    protected override string Path(string user) => $"/api/v1/chat/ws?user_id={user}&features=seq";

    protected override string JoinText(ConversationId conversation, long? after) => after is null
        ? $$"""{"type":"join","conversation_id":"{{conversation}}"}"""
        : $$"""{"type":"join","conversation_id":"{{conversation}}","after_seq":{{after}}}""";

    protected override (string Before, string After) SendText(ConversationId conversation, int number) =>
        ($$"""{"type":"message","conversation_id":"{{conversation}}","body":""" + '"', "\"}");

    protected override void OnData(ReadOnlySpan<byte> payload)
    {
        if (payload.StartsWith("{\"type\":\"message\""u8))
            Sink.OnEntry(JsonScan.LastNumber(payload, "\"seq\":"u8), JsonScan.FirstText(payload, "\"body\":"u8));
        else if (payload.StartsWith("{\"type\":\"entry\""u8))
            Sink.OnEntry(JsonScan.FirstNumber(payload, "\"seq\":"u8), default);
        else if (payload.StartsWith("{\"type\":\"joined\""u8))
            OnJoined(JsonScan.FirstNumber(payload, "\"seq\":"u8));
        else if (!payload.StartsWith("{\"type\":\"connected\""u8))
            OnRefused(Encoding.UTF8.GetString(payload));
    }
}
