using System.Net;

namespace Chat.Tests.Integration.Hosting;

/// <summary>The program as it is shipped: what is published is what the image has, and not what a build leaves in its
/// folder.</summary>
public sealed class PublishedServerTests
{
    [Fact]
    public async Task What_is_published_has_all_that_it_needs()
    {
        var folder = Directory.CreateTempSubdirectory("chat-published-");
        try
        {
            await ProcessRunner.RunAsync("dotnet", "publish", Path.Combine(Repository.Root, "Chat.Server"),
                "-c", PackedPackages.Configuration, "--no-build", "--nologo", "-o", folder.FullName);
            // The program alone has an exporter, .env files and the page of the API, from packages of its own.
            await using var server = await ServerProcess.ServeAtAsync("http://127.0.0.1:0", folder.FullName,
                ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"));
            using var http = new HttpClient { BaseAddress = server.Url };
            using var ready = await http.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
