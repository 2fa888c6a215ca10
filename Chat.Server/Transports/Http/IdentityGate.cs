using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Chat.Server.Identity;
using Chat.Server.Observability;
using Chat.Server.Transports.SignalR.Owners;
using Chat.Server.Transports.WebSockets;
using Chat.Server.Users;

namespace Chat.Server.Transports.Http;

/// <summary>Lets nothing past that does not prove who it is from, while there is still an HTTP answer to say so with:
/// everything below <c>/api</c> and <c>/hubs</c>, whether it exists or not.</summary>
internal static class IdentityGate
{
    private static readonly PathString[] Guarded = ["/api", "/hubs"];

    /// <summary>Has a gate, a listener and a key of its own, which were passed before.</summary>
    private static readonly PathString Operators = "/api/v1/admin";

    public static IApplicationBuilder UseIdentity(this IApplicationBuilder app)
    {
        // Not from the request's services: making those costs each connection a scope for as long as it lives.
        var identity = app.ApplicationServices.GetRequiredService<IIdentity>();
        var owners = app.ApplicationServices.GetRequiredService<HubOwners>();
        var names = app.ApplicationServices.GetRequiredService<KnownNames>();
        var keyed = app.ApplicationServices.GetRequiredService<KeyedRequests>();
        var requests = app.ApplicationServices.GetRequiredService<RequestLimits>();
        var metrics = app.ApplicationServices.GetRequiredService<ChatMetrics>();
        // Else the framework adds a step of its own, which keeps a scope and a ticket with every request, and a socket
        // is one for days.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        return app.Use((http, next) =>
        {
            var path = http.Request.Path;
            if (!IsGuarded(path)) return next(http);
            var asking = identity.AuthenticateAsync(http,
                mayBeInQuery: path == ChatHubRoute.Path || path == RawSocketEndpoint.Path);
            // Not awaited where there is nothing to wait for: a socket would keep the step for as long as it lives.
            return asking.IsCompletedSuccessfully
                ? GoOnAsync(http, next, asking.Result)
                : WaitAsync(http, next, asking);
        });

        async Task WaitAsync(HttpContext http, RequestDelegate next, ValueTask<ChatError?> asking) =>
            await GoOnAsync(http, next, await asking);

        Task GoOnAsync(HttpContext http, RequestDelegate next, ChatError? refusal)
        {
            var caller = identity.FindProven(http);
            if (refusal is null && requests.AreOfUsers) refusal = requests.Admit(http);
            if (refusal is not null) return RefuseAsync(http, refusal);
            if (KeyHolders.Find(http) is { } holder) return keyed.GoOnAsync(http, holder, next);
            if (caller is not null) names.Note(caller);
            if (!http.Request.Path.StartsWithSegments(ChatHubRoute.Path)) return next(http);
            if (!identity.TryIdentify(http, out _, out refusal)) return RefuseAsync(http, refusal);
            return caller is null ? next(http) : owners.GoOnAsync(http, caller, next);
        }

        Task RefuseAsync(HttpContext http, ChatError refusal)
        {
            if (refusal.RetryAfter is not null) metrics.Refused(refusal.Code);
            return RefusalAnswer.WriteAsync(http, refusal);
        }
    }

    private static bool IsGuarded(PathString path) =>
        Array.Exists(Guarded, guarded => path.StartsWithSegments(guarded)) && !path.StartsWithSegments(Operators);
}
