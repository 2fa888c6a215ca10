using System.Text;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using FluentAssertions;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>Names and trimmed texts are the same in .NET, which has no ICU here, and in JavaScript, which
/// has.</summary>
public sealed class NormalFormTests
{
    private const int Seed = 20261127;

    // Letters that compose, marks of several classes, Hangul, and what is excluded from composing.
    private static readonly (int First, int Last)[] Blocks =
    [
        (0x41, 0x5A), (0xC0, 0x17F), (0x1A0, 0x233), (0x300, 0x345), (0x386, 0x3CE), (0x5D0, 0x5EA), (0x5B0, 0x5C2),
        (0x622, 0x655), (0x928, 0x963), (0x1100, 0x1112), (0x1161, 0x1175), (0x11A7, 0x11C2), (0x1E00, 0x1FFE),
        (0x2126, 0x212B), (0x3042, 0x309E), (0xAC00, 0xD7A3), (0xFB1D, 0xFB4E), (0x1D15E, 0x1D164), (0x2F800, 0x2FA1D),
    ];

    [NodeFact]
    public async Task Names_have_one_form()
    {
        var random = new Random(Seed);
        var names = Enumerable.Range(0, 20_000).Select(_ => Name(random))
            .Concat(Blocks.SelectMany(block => Enumerable.Range(block.First, block.Last - block.First + 1))
                .Where(Rune.IsValid).Select(char.ConvertFromUtf32)).ToArray();
        var expected = await RunAsync(names, "name => name.normalize('NFC')");
        for (var i = 0; i < names.Length; i++)
            if (UserId.Parse(names[i]).Value != expected[i])
                Assert.Fail($"{Hex(names[i])} became {Hex(UserId.Parse(names[i]).Value)}, not {Hex(expected[i])}");
        expected.Should().NotEqual(names);
    }

    [NodeFact]
    public async Task Texts_have_the_same_ends()
    {
        var texts = Enumerable.Range(1, 0xFFFF).Where(code => !char.IsSurrogate((char)code))
            .Select(code => $"{(char)code}a{(char)code}").ToArray();
        var core = Path.Combine(Repository.Root, "Chat.Server", "wwwroot", "sdk", "core");
        var module = new Uri(Path.Combine(core, "message-check.js"));
        (await RunAsync(texts, $"(await import({JsonSerializer.Serialize(module.AbsoluteUri)})).trim")).Should()
            .Equal(texts.Select(ChatText.Trim));
    }

    private static string Name(Random random)
    {
        var name = new StringBuilder();
        for (var length = random.Next(1, 8); length > 0; length--)
        {
            var (first, last) = Blocks[random.Next(3) == 0 ? 3 : random.Next(Blocks.Length)];
            name.Append(char.ConvertFromUtf32(random.Next(first, last + 1)));
        }
        return name.ToString();
    }

    private static async Task<string[]> RunAsync(string[] texts, string function)
    {
        var folder = Directory.CreateTempSubdirectory("chat-node-");
        try
        {
            var file = Path.Combine(folder.FullName, "texts.json");
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(texts));
            await ProcessRunner.RunAsync(RequiredTools.FindOnPath("node")!, "-e",
                $$"""
                (async () => {
                  const fs = require('fs'), file = {{JsonSerializer.Serialize(file)}}, convert = {{function}};
                  const texts = JSON.parse(fs.readFileSync(file));
                  fs.writeFileSync(file, JSON.stringify(texts.map(text => convert(text))));
                })()
                """);
            return JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(file))!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Hex(string text) =>
        string.Join(' ', text.EnumerateRunes().Select(rune => $"{rune.Value:X4}"));
}
