using Chat.Tests.Fixtures;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>axe-core, from npm, over a page.</summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(Repository.Root, "Chat.Tests", "node", "node_modules",
        "axe-core", "axe.min.js");

    private const string Run =
        """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .map(violation => `${violation.id} (${violation.impact}): `
            + violation.nodes.map(node => `${node.target} ${node.failureSummary}`).join('; '))
        """;

    /// <summary>Fails with what it finds.</summary>
    public static async Task FindsNothingAsync(IPage page, string state)
    {
        // Evaluated by the debugger, so the page's policy stays what it is.
        if (!await page.EvaluateAsync<bool>("'axe' in globalThis"))
            await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var found = await page.EvaluateAsync<string[]>(Run);
        Assert.True(found.Length == 0, $"{state}:\n{string.Join("\n", found)}");
    }
}
