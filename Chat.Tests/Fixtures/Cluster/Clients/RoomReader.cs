using System.Globalization;
using System.Text.Json;
using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>Polls the REST room, each time on any instance.</summary>
internal sealed class RoomReader(ClientContext context, string user, ReaderHistory history)
    : ReconnectingClient(context, user)
{
    // A poll without news is answered after Chat:Room:PollSeconds, which may be the default.
    private static readonly TimeSpan PollTime = TimeSpan.FromSeconds(32);

    private bool _joined;

    protected override async Task<bool> RunConnectionAsync(Uri instance, CancellationToken ct)
    {
        if (!_joined)
        {
            using var joining = Context.PatienceOf(ct);
            await RoomCalls.JoinAsync(Context, instance, User, joining.Token);
            history.Begin(history.Last);
            _joined = true;
        }
        while (true) await PollAsync(Context.AnyInstance(), ct);
    }

    private async Task PollAsync(Uri instance, CancellationToken ct)
    {
        using var patience = Context.PatienceOf(ct, PollTime);
        var after = history.Last;
        using var answer = await Context.Http.GetAsync(
            new Uri(instance,
                string.Create(CultureInfo.InvariantCulture,
                    $"/api/messages?client_id={User}&after_id={after}&limit=1000")), patience.Token);
        var text = await answer.Content.ReadAsStringAsync(patience.Token);
        if (!answer.IsSuccessStatusCode)
            throw Context.Refused(User, "a poll", RestSending.CodeOf(answer.StatusCode), text);
        using var document = JsonDocument.Parse(text);
        foreach (var message in document.RootElement.GetProperty("messages").EnumerateArray())
            history.Show(new ShownEntry(
                message.GetProperty("id").GetInt64(), Guid.Empty,
                ShownEntry.ContentOf(message.GetProperty("sender_id").GetString()!,
                    message.GetProperty("message").GetString(), isMessage: true), Context.Time.GetTimestamp()));
        var cursor = long.Parse(answer.Headers.GetValues("X-Chat-Cursor").Single(), CultureInfo.InvariantCulture);
        if (cursor < history.Last)
            Context.Complain(
                $"{User}: the cursor {cursor} does not cover message {history.Last}, which the same answer shows");
    }
}
