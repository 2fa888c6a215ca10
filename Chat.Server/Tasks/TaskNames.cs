using System.Text.RegularExpressions;

namespace Chat.Server.Tasks;

/// <summary>What names may look like.</summary>
internal static partial class TaskNames
{
    public const string QueueRule = "1 to 64 letters, digits, dots, dashes or underscores";

    public static bool IsQueue(string name) => Queue().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Queue();
}
