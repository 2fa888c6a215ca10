namespace Chat.Tests.Integration.Growth;

/// <summary>The command that writes docs/growth.md, at tiny sizes.</summary>
public sealed class GrowthCommandTests
{
    [PostgresFact]
    public async Task The_command_measures_the_axes_that_are_named_and_writes_the_page_of_all()
    {
        var folder = Directory.CreateTempSubdirectory("chat-growth-test-");
        try
        {
            var page = Path.Combine(folder.FullName, "growth.md");
            var (code, output) = await BenchmarkRun.EndAsync(
                "growth", "participants", "instances", "--quick", "--page", page, "--results", folder.FullName);
            Assert.True(code == 0, output);
            var lines = await File.ReadAllLinesAsync(page);
            foreach (var line in (string[])["a message is stored", "the moderators", "µs a delivery"])
                Assert.Contains(lines, known => known.Contains(line, StringComparison.Ordinal));
            Assert.Contains("Not measured yet: `-- growth readers`.", lines);
            Assert.Equal(["instances.json", "participants.json"],
                folder.GetFiles("*.json").Select(file => file.Name).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
