using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Embed;

/// <summary>One run: builds two applications, and starts them in turns.</summary>
internal static class EmbedRun
{
    private const string Database = "chat.db";

    public static async Task RunAsync(int starts, LoadReport report)
    {
        await using var plain = await PackedApplication.OfTemplateAsync("web", hasChat: false);
        await using var chat = await PackedApplication.OfTemplateAsync("web");
        await chat.AddChatAsync();
        await plain.PublishAsync();
        await chat.PublishAsync();

        var (without, with, anew) = (new Starts(plain), new Starts(chat), new Starts(chat));
        await without.MeasureAsync(); // reads the files into the page cache
        await with.MeasureAsync();
        without.Clear();
        with.Clear();
        for (var i = 0; i < starts; i++)
        {
            await without.MeasureAsync();
            await with.MeasureAsync();
        }
        for (var i = 0; i < starts / 3; i++)
        {
            foreach (var file in Directory.GetFiles(chat.Published, Database + "*")) File.Delete(file);
            await anew.MeasureAsync();
        }
        report.Add("without_ms", without.Median);
        report.Add("with_ms", with.Median);
        report.Add("more_ms", with.Median - without.Median);
        report.Add("more_processor_ms", with.MedianProcessor - without.MedianProcessor);
        report.Add("new_database_more_ms", anew.Median - without.Median);
    }
}
