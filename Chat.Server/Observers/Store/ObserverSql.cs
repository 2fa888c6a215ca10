using System.Globalization;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Sqlite;

namespace Chat.Server.Observers.Store;

/// <summary>The statements of leases. They differ in how the databases say a time.</summary>
internal sealed class ObserverSql(DatabaseSettings settings)
{
    public const string Add =
        "insert into observers (name, mark, epoch) values ({0}, {1}, 0) on conflict (name) do nothing";

    /// <summary>0 name, 1 epoch, 2 mark.</summary>
    public const string Release =
        "update observers set mark = {2}, owner = null, leased_until = null where name = {0} and epoch = {1}";

    private readonly bool _isSqlite = settings.Kind == DatabaseKind.Sqlite;

    /// <summary>0 the instance.</summary>
    public string FindFree => $"select name as \"Value\" from observers where {IsFree("{0}")}";

    /// <summary>0 name, 1 the instance.</summary>
    public string Take =>
        $$"""
        update observers set owner = {1}, epoch = epoch + 1, leased_until = {{After(Lease.Time)}}
         where name = {0} and {{IsFree("{1}")}}
        returning epoch as "Epoch", mark as "Mark"
        """;

    /// <summary>0 name, 1 epoch, 2 mark.</summary>
    public string Save =>
        $$"""
        update observers set mark = {2}, leased_until = {{After(Lease.Time)}} where name = {0} and epoch = {1}
        """;

    /// <summary>0 name, 1 mark. The instance that runs it has lost it, and may take it again at once; others wait until
    /// it has noticed.</summary>
    public string Rewind =>
        $$"""
        update observers set mark = coalesce({1}, mark), epoch = epoch + 1,
               leased_until = case when leased_until is null then null else {{After(Lease.Notice)}} end
         where name = {0}
        """;

    private string Now => _isSqlite ? SqliteSql.Now : "clock_timestamp()";

    private string After(TimeSpan time) => _isSqlite
        ? $"{Now} + {((long)time.TotalMicroseconds).ToString(CultureInfo.InvariantCulture)}"
        : $"{Now} + interval '{((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)} ms'";

    private string IsFree(string me) => $"(owner = {me} or leased_until is null or leased_until < {Now})";
}
