using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Chat.Tests.Integration.Identity;

/// <summary>Looks at each request when it has been answered.</summary>
internal sealed class RequestWatch : IStartupFilter
{
    /// <summary>Of each request, whether the framework's authentication has left something with it.</summary>
    public ConcurrentQueue<bool> HadTicket { get; } = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, rest) =>
        {
            await rest(http);
            HadTicket.Enqueue(http.Features.Get<IAuthenticationFeature>() is not null
                || http.Features.Get<IAuthenticateResultFeature>() is not null
                || http.User.Identity?.IsAuthenticated == true);
        });
        next(app);
    };
}
