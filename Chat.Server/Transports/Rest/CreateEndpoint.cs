using Chat.Server.Identity;
using Chat.Server.Rights;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.Rest;

/// <summary>Makes conversations over REST.</summary>
internal sealed class CreateEndpoint(IIdentity identity, Creation creation, RequestLimits limits)
{
    public async Task CreateAsync(HttpContext http)
    {
        var command = RestCreate.Parse(await RequestBody.ReadAsync(http)).ToCommand();
        limits.SpendCreate(http, command.ParticipantIds.Count);
        var created = await creation.CreateAsync(
            identity.FindProven(http) ?? OpenIdentity.Nobody, command, http.RequestAborted);
        await RestAnswer.WriteAsync(http, StatusCodes.Status201Created, created, static (writer, c) =>
        {
            writer.WriteString("id"u8, c.Id.Value);
            EntryJson.WriteTime(writer, JsonNames.Snake.CreatedAt, c.CreatedAt);
        });
    }
}
