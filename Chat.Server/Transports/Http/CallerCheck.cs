using Chat.Server.Callers;
using Chat.Server.Core;

namespace Chat.Server.Transports.Http;

/// <summary>Looks once more whether the caller of a request may still be served: behind what was read for the answer,
/// and before it is written.</summary>
internal static class CallerCheck
{
    /// <summary>Waits while this instance does not know whom it must not serve.</summary>
    /// <exception cref="ChatException">The caller is among them; or that was not known in time.</exception>
    public static async ValueTask AdmitAsync(HttpContext http)
    {
        if (http.Features.Get<Caller>() is not { } caller) return; // open mode
        var admission = http.RequestServices.GetRequiredService<Admission>();
        if (await admission.CheckAsync(caller, http.RequestAborted) is { } refusal) throw new ChatException(refusal);
    }
}
