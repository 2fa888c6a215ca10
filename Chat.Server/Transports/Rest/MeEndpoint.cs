using Chat.Server.Identity;

namespace Chat.Server.Transports.Rest;

/// <summary>Whom the server takes the caller for, over REST.</summary>
internal sealed class MeEndpoint(IIdentity identity, TimeProvider time)
{
    public Task AnswerAsync(HttpContext http) =>
        RestAnswer.WriteAsync(http, StatusCodes.Status200OK, CallerIdentities.Of(identity.CallerOf(http), time),
            static (writer, me) => CallerIdentities.Write(writer, JsonNames.Snake, me));
}
