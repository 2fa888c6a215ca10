using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Chat.Tests.Integration.Application;

/// <summary>Says when requests have ended.</summary>
internal sealed class RequestEnds : IStartupFilter
{
    /// <summary>The paths of those that have.</summary>
    public Inbox<string> Ended { get; } = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, rest) =>
        {
            try
            {
                await rest(http);
            }
            finally
            {
                Ended.Add(http.Request.Path.Value ?? "");
            }
        });
        next(app);
    };
}
