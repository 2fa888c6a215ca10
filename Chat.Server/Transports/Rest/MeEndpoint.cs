using Chat.Server.Core;
using Chat.Server.Identity;

namespace Chat.Server.Transports.Rest;

/// <summary>Whom the server takes the caller for, over REST.</summary>
internal sealed class MeEndpoint(IIdentity identity, TimeProvider time)
{
    public Task AnswerAsync(HttpContext http)
    {
        if (!identity.TryIdentify(http, out var caller, out var refusal)) throw new ChatException(refusal);
        return RestAnswer.WriteAsync(http, StatusCodes.Status200OK, CallerIdentities.Of(caller, time),
            static (writer, me) => CallerIdentities.Write(writer, JsonNames.Snake, me));
    }
}
