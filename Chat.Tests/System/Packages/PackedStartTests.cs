using System.Globalization;

namespace Chat.Tests.Packages;

/// <summary>Most of a start is compiling. How much of it there is does not depend on the machine.</summary>
public sealed class PackedStartTests
{
    /// <summary>Of an application with a chat, until its first answer: those of the framework and of other packages
    /// included, and what loops compile meanwhile. It was 2,872.</summary>
    private const int MostMethods = 3_600;

    [ReleaseFact]
    public async Task An_application_with_a_chat_compiles_little_until_its_first_answer()
    {
        await using var app = await PackedApplication.OfTemplateAsync("web");
        await app.AddChatAsync();
        await app.AddAsync("app.MapGet(\"/compiled\", () => System.Runtime.JitInfo.GetCompiledMethodCount());");
        await app.PublishAsync();
        await MeasureAsync(app); // makes the database
        Assert.InRange(await MeasureAsync(app), 500, MostMethods);
    }

    private static async Task<int> MeasureAsync(PackedApplication app)
    {
        var (process, url) = await app.StartAsync("--Chat:Identity:Mode=Open");
        await using (process)
        {
            using var http = new HttpClient();
            var count = await http.GetStringAsync(new Uri(url, "/compiled"));
            Assert.Equal(0, await process.SignalAsync("TERM"));
            return int.Parse(count, CultureInfo.InvariantCulture);
        }
    }
}
