using Chat.Server.Transports.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Chat.Server.Hosting.Http;

internal static class CrossSiteSetup
{
    public static IServiceCollection AddCrossSiteGuard(this IServiceCollection services) => services.AddCors();

    /// <summary>Pages of this server may call it, and those of <see cref="ServerOptions.AllowedOrigins"/>.</summary>
    public static IApplicationBuilder UseCrossSiteGuard(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value;
        var allowed = AllowedOrigins.Parse(options.AllowedOrigins);
        if (!allowed.IsEmpty)
            app.UseCors(policy => policy.SetIsOriginAllowed(allowed.Contains)
                .AllowAnyHeader().AllowAnyMethod().AllowCredentials()
                .WithExposedHeaders(ChatHeaders.Cursor, ChatHeaders.Error, HeaderNames.RetryAfter));
        return app.UseMiddleware<CrossSiteGuard>();
    }
}
