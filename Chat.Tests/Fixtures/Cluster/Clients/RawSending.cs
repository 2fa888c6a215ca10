namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>Raw frames with receipts.</summary>
internal sealed class RawSending : ISending
{
    private readonly ClientContext _context;
    private readonly RawLink _link;
    private readonly string _user;
    private readonly Guid _conversation;

    private RawSending(ClientContext context, RawLink link, string user, Guid conversation) =>
        (_context, _link, _user, _conversation) = (context, link, user, conversation);

    public static async Task<ISending> OpenAsync(
        ClientContext context, Uri instance, string user, Guid conversation, CancellationToken ct)
    {
        var sending = new RawSending(context, await RawLink.ConnectAsync(context, instance, user, "receipts", ct), user,
            conversation);
        try
        {
            await sending._link.JoinAsync(conversation, null, ct);
            await sending.UntilAsync("joined", "a join", ct);
            return sending;
        }
        catch
        {
            await sending.DisposeAsync();
            throw;
        }
    }

    public async Task SendAsync(
        IReadOnlyList<PendingSend> sends, Action<PendingSend, SendAnswer> acknowledged, CancellationToken ct)
    {
        foreach (var send in sends)
            await _link.SendAsync(
                new { type = "message", conversation_id = _conversation.ToString(), body = send.Body,
                    dedupe_key = send.Key }, ct);
        for (var left = sends.ToDictionary(send => send.Key); left.Count > 0;)
        {
            using var receipt = (await UntilAsync("receipt", "a message", ct)).Parse();
            var answer = receipt.RootElement;
            if (!left.Remove(answer.GetProperty("dedupe_key").GetString()!, out var send)) continue;
            acknowledged(send,
                new SendAnswer(answer.GetProperty("id").GetGuid(), answer.GetProperty("seq").GetInt64(),
                    answer.GetProperty("duplicate").GetBoolean()));
        }
    }

    public ValueTask DisposeAsync()
    {
        _link.Dispose();
        return default;
    }

    private async ValueTask<RawFrame> UntilAsync(string type, string what, CancellationToken ct)
    {
        while (true)
        {
            var frame = await _link.ReceiveAsync(ct);
            if (frame.Type == type) return frame;
            if (frame.Type == "error" && frame.Error() is var (code, text))
                throw _context.Refused(_user, what, code, text);
        }
    }
}
