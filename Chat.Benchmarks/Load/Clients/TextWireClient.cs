using System.Text;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>A client whose frames are text.</summary>
internal abstract class TextWireClient(IDeliverySink sink) : WireClient(sink)
{
    public override ValueTask SendAsync(
        ConversationId conversation, ReadOnlyMemory<byte> body, int number, CancellationToken ct)
    {
        var (before, after) = SendText(conversation, number);
        var text = new byte[before.Length + body.Length + after.Length];
        Encoding.ASCII.GetBytes(before, text);
        body.Span.CopyTo(text.AsSpan(before.Length));
        Encoding.ASCII.GetBytes(after, text.AsSpan(before.Length + body.Length));
        return Socket.SendTextAsync(text, ct);
    }

    protected override ValueTask AskToJoinAsync(ConversationId conversation, long? after, CancellationToken ct) =>
        Socket.SendTextAsync(Encoding.ASCII.GetBytes(JoinText(conversation, after)), ct);

    protected abstract string JoinText(ConversationId conversation, long? after);

    protected abstract (string Before, string After) SendText(ConversationId conversation, int number);
}
