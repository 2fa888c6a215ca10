using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Looks at each request when it has ended, which may be after its client has the answer.</summary>
/// <param name="ended">Is given it.</param>
internal sealed class RequestEnds(Action<HttpContext> ended) : IStartupFilter
{
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
                ended(http);
            }
        });
        next(app);
    };
}
