using System.Globalization;
using System.Text.Json;
using Chat.Server.Audit.Store;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Transports;
using Chat.Server.Transports.Rest;

namespace Chat.Server.Audit.Api;

/// <summary>The audit over REST: of the key's tenant, or of all.</summary>
internal sealed class AuditEndpoint(AuditStore store)
{
    private const int UnlessGiven = 50;

    private static readonly JsonEncodedText At = JsonEncodedText.Encode("at");

    public async Task ListAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var holder = KeyHolders.Of(http);
        var limit = Number(query["limit"], "limit", AuditStore.MostOfPage) ?? UnlessGiven;
        var before = Number(query["before"], "before", long.MaxValue);
        string? act = query["act"];
        var tenant = http.Request.Headers.ContainsKey(KeyHeaders.Tenant) ? holder.Tenant : holder.Own;
        var page = await store.ListAsync(tenant, before, act is "" ? null : act, (int)limit, http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, page, static (writer, found) =>
        {
            writer.WriteStartArray("entries"u8);
            foreach (var row in found.Entries) Write(writer, row);
            writer.WriteEndArray();
            writer.WriteNumber("count"u8, found.Entries.Count);
            if (found.Before is { } number) writer.WriteNumber("before"u8, number);
            else writer.WriteNull("before"u8);
        });
    }

    private static void Write(Utf8JsonWriter writer, AuditRow row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number"u8, row.Number);
        EntryJson.WriteTime(writer, At, row.At);
        writer.WriteString("tenant"u8, row.Tenant?.Name);
        writer.WriteString("actor"u8, row.Actor);
        writer.WriteString("act"u8, row.Act);
        writer.WriteString("target"u8, row.Target);
        writer.WriteString("outcome"u8, row.Outcome);
        writer.WriteString("request_id"u8, row.RequestId);
        writer.WriteString("address"u8, row.Address);
        writer.WriteEndObject();
    }

    private static long? Number(string? text, string name, long most)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= most
                ? number
                : throw ChatException.BadRequest($"{name} must be a whole number from 1 to {most}");
    }
}
