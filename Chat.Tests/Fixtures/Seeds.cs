using System.Globalization;

namespace Chat.Tests.Fixtures;

/// <summary>The seeds of a test that plays random runs.</summary>
internal static class Seeds
{
    /// <summary>What a failure names, to run it again.</summary>
    public const string Name = "CHAT_SEED";

    /// <param name="count">How many in a whole run of the tests. <c>CHAT_SEEDS=50</c> takes so many instead,
    /// <c>CHAT_SEED=123</c> ten times that one.</param>
    public static IEnumerable<int> Of(int count) => NumberOf(Name) is { } one
        ? Enumerable.Repeat(one, 10)
        : Enumerable.Range(1, NumberOf("CHAT_SEEDS") ?? count);

    private static int? NumberOf(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
