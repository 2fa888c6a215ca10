using System.Text.Json.Nodes;
using System.Xml.Linq;
using Chat.Tests.Embedding;

namespace Chat.Tests.Packages;

/// <summary>Applications run with ICU, with any culture and with the server's garbage collector; our program and its
/// tests do not.</summary>
[Collection(Heavy.Name)]
public sealed class ForeignCultureTests
{
    private const string Culture = "tr_TR.UTF-8";

    /// <summary>In Turkish the capital of i is İ: what compares texts by culture shows.</summary>
    [IcuFact]
    public async Task All_that_holds_inside_an_application_holds_in_one_that_is_Turkish()
    {
        var built = AppContext.BaseDirectory.TrimEnd('/');
        var folder = built + "-tr";
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        try
        {
            await ProcessRunner.RunAsync("cp", "-al", built, folder); // linked, not copied
            await ChangeAsync(Path.Combine(folder, "Chat.Tests.System.runtimeconfig.json"));
            var tests = typeof(EmbeddedChatTests).Namespace;
            await ProcessRunner.RunAsync("env", $"LANG={Culture}", $"LC_ALL={Culture}",
                $"{RuntimeTests.Expected}=tr-TR", "dotnet", "vstest",
                Path.Combine(folder, "Chat.Tests.System.dll"), $"--TestCaseFilter:FullyQualifiedName~{tests}",
                "--logger:trx;LogFileName=tr.trx", $"--ResultsDirectory:{folder}");
            var counters = XDocument.Load(Path.Combine(folder, "tr.trx")).Descendants()
                .Single(element => element.Name.LocalName == "Counters");
            Assert.Equal(counters.Attribute("executed")!.Value, counters.Attribute("passed")!.Value);
            Assert.True((int)counters.Attribute("passed")! > 10, "there were hardly any tests");
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ChangeAsync(string file)
    {
        var config = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var properties = config["runtimeOptions"]!["configProperties"]!.AsObject();
        properties["System.Globalization.Invariant"] = false;
        properties["System.GC.Server"] = true;
        File.Delete(file); // it is the same file as that of the other tests
        await File.WriteAllTextAsync(file, config.ToJsonString());
    }
}
