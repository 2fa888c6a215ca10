using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Core;

namespace Chat.Server.Transports.Http;

/// <summary>Looks once more whether the caller of a request may still be served: behind what was read for the answer,
/// and before it is written.</summary>
internal static class CallerCheck
{
    /// <summary>Waits while this instance does not know whom it must not serve.</summary>
    /// <exception cref="ChatException">The caller is among them; or that was not known in time.</exception>
    public static ValueTask AdmitAsync(HttpContext http) => http.Features.Get<Caller>() is { } caller
        ? AdmitAsync(http.RequestServices.GetRequiredService<Admission>(), caller, http.RequestAborted)
        : default; // open mode

    private static async ValueTask AdmitAsync(Admission admission, Caller caller, CancellationToken ct)
    {
        if (!await admission.IsFreshSoonAsync(ct)) throw new ChatException(Admission.NotKnown);
        if (admission.Revoked.Refuses(caller)) throw ChatException.Ended(ChatErrorCode.TokenRevoked);
    }
}
