using System.Globalization;
using Chat.Server.Core;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks.Admin;

/// <summary>Reads the arguments in addresses, or refuses them.</summary>
internal static class TaskAdminArguments
{
    public const int DefaultLimit = 20, MaxLimit = 50, MaxOffset = 1_000_000;

    /// <summary>Names of states by their number.</summary>
    public static readonly string[] States = ["pending", "scheduled", "retry", "active", "completed", "archived"];

    public static string NameOf(TaskState state) => States[(int)state];

    public static Guid Id(string text) =>
        Guid.TryParseExact(text, "D", out var id) ? id
            : throw ChatException.BadRequest("the id of a task is a UUID like 019a0000-0000-7000-8000-000000000001");

    public static string Queue(string? text) =>
        text is not null && TaskNames.IsQueue(text)
            ? text : throw ChatException.BadRequest($"the name of a queue is {TaskNames.QueueRule}");

    public static TaskState State(string? text)
    {
        var number = Array.IndexOf(States, text);
        return number >= 0 ? (TaskState)number
            : throw ChatException.BadRequest($"the state must be one of {string.Join(", ", States)}");
    }

    public static int Number(string? text, string name, int least, int most, int unlessGiven)
    {
        if (string.IsNullOrEmpty(text)) return unlessGiven;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number
            : throw ChatException.BadRequest($"{name} must be a whole number from {least} to {most}");
    }
}
