using System.Text.Json;
using Chat.Contracts.Errors;
using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>Reads a conversation on raw sockets: with sequences, or as the old clients do, without.</summary>
internal sealed class RawReader(ClientContext context, string user, ReaderHistory history)
    : ReconnectingClient(context, user)
{
    protected override async Task<bool> RunConnectionAsync(Uri instance, CancellationToken ct)
    {
        using var link = await RawLink.ConnectAsync(Context, instance, User, history.LiveOnly ? "" : "seq", ct);
        long? after = history.LiveOnly ? null : history.Last;
        using (var patience = Context.PatienceOf(ct))
        {
            await link.JoinAsync(history.Conversation, after, patience.Token);
            history.Begin(after, await JoinedAsync(link, patience.Token));
        }
        while (true)
        {
            var frame = await link.ReceiveAsync(ct);
            if (frame.Type is "left" && history.ComesAndGoes) throw new LostException("removed");
            if (frame.Type is not ("message" or "entry")) throw Unexpected(frame);
            Show(frame);
        }
    }

    /// <returns>The end of the log, where the answer says it.</returns>
    private async Task<long?> JoinedAsync(RawLink link, CancellationToken ct)
    {
        var frame = await link.ReceiveAsync(ct);
        if (frame.Type != "joined") throw Unexpected(frame);
        using var joined = frame.Parse();
        return joined.RootElement.TryGetProperty("seq", out var head) ? head.GetInt64() : null;
    }

    private LostException Unexpected(RawFrame frame)
    {
        if (frame.Type != "error")
        {
            // Signals to all who asked for nothing of the kind would be a fault; a request to reconnect is none.
            if (frame.Type != "reconnect") Context.Complain($"{User}: a frame that was not due: {frame.Type}");
            return new LostException(frame.Type);
        }
        var (code, text) = frame.Error();
        return code == ChatErrorCode.Forbidden && history.ComesAndGoes
            ? new LostException("not a member now")
            : Context.Refused(User, "reading", code, text);
    }

    private void Show(RawFrame frame)
    {
        using var document = frame.Parse();
        var isMessage = document.RootElement.TryGetProperty("message", out var entry);
        if (!isMessage) entry = document.RootElement.GetProperty("entry");
        history.Show(new ShownEntry(
            entry.TryGetProperty("seq", out var sequence) ? sequence.GetInt64() : 0,
            entry.GetProperty("id").GetGuid(),
            ShownEntry.ContentOf(entry.GetProperty("sender_id").GetString()!,
                isMessage ? entry.GetProperty("body").GetString() : null, isMessage),
            Context.Time.GetTimestamp()));
    }
}
