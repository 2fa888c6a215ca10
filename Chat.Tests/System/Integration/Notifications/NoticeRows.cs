using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Notifications;

/// <summary>The tasks of conversations whose messages gather.</summary>
internal static class NoticeRows
{
    private const string Gathering = "from tasks where type = 'notifications.gather'";

    /// <summary>How many conversations gather, or may be shown again.</summary>
    public static async Task<int> CountAsync(TestDatabase database) =>
        int.Parse((await database.QueryAsync($"select count(*) {Gathering}")).Single(),
            System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What these conversations have has gathered for two hours.</summary>
    public static async Task RipenAsync(TestDatabase database, int conversations)
    {
        await Eventually.HoldsAsync(async () => await CountAsync(database) == conversations);
        await database.ExecuteAsync(database.Settings.Kind == DatabaseKind.Sqlite
            ? "update messages set created_at = created_at - 7200000000"
            : "update messages set created_at = created_at - interval '2 hours'");
        await DueAsync(database);
    }

    /// <summary>Nobody looks at what so many conversations have, or is about to.</summary>
    public static Task WaitingAsync(TestDatabase database, int conversations) => Eventually.HoldsAsync(async () =>
        (await database.QueryAsync($"select 1 {Gathering} and run_at > 0")).Count == conversations);

    /// <summary>Somebody looks at what gathers.</summary>
    public static Task DueAsync(TestDatabase database) =>
        database.ExecuteAsync("update tasks set run_at = 0 where type = 'notifications.gather'");
}
