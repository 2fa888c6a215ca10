using System.Net;
using System.Net.Http.Json;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>What every client of the REST room does.</summary>
internal static class RoomCalls
{
    public static async Task JoinAsync(ClientContext context, Uri instance, string client, CancellationToken ct)
    {
        using var answer = await context.Http.PostAsJsonAsync(new Uri(instance, "/api/join"),
            new { client_id = client }, ct);
        if (answer.IsSuccessStatusCode) return;
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (answer.StatusCode == HttpStatusCode.BadRequest
            && text.Contains("client already exists", StringComparison.Ordinal)) return;
        throw context.Refused(client, "joining the room", RestSending.CodeOf(answer.StatusCode), text);
    }
}
