using System.Globalization;
using Chat.Server.Configuration;

namespace Chat.Server.Hosting.Configuration;

internal static class PortNumber
{
    private const int Highest = 65_535;

    /// <exception cref="ConfigurationException">Not a TCP port. The text is shown only where it cannot be part of a
    /// secret.</exception>
    public static int Parse(string setting, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= Highest
            ? port
            : throw new ConfigurationException($"{setting} must be a number from 1 to {Highest}");
}
