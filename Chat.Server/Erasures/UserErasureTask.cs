using System.Text.Json.Serialization;
using Chat.Server.Erasures.Store;
using Chat.Server.Tasks;

namespace Chat.Server.Erasures;

/// <summary>The task that carries out the erasure of a user.</summary>
/// <param name="Id">The erasure.</param>
internal sealed record UserErasureTask(Guid Id)
{
    public const string Type = "users.erase";

    public static UserErasureTask Of(UserErasureRow erasure) => new(erasure.Id);

    /// <summary>One for an erasure. It is tried again for weeks: it may wait for servers of an older version.</summary>
    public static TaskPlan Plan(Guid id) => new()
    {
        Queue = PeriodicTasks.Queue, MaxRetry = 1_000, UniqueKey = id.ToString("N"), UniqueFor = TimeSpan.FromDays(365),
    };
}

[JsonSerializable(typeof(UserErasureTask))]
internal sealed partial class UserErasureJson : JsonSerializerContext;
