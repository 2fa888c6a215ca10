namespace Chat.Server.Configuration;

internal static class ListenAddress
{
    /// <summary>An address that can be clicked on: the wildcards listen on localhost too.</summary>
    public static string ForPeople(string address) => address
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        .Replace("//*", "//localhost", StringComparison.Ordinal)
        .Replace("//+", "//localhost", StringComparison.Ordinal);
}
