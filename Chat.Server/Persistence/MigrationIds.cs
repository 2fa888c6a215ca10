using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Server.Persistence;

/// <summary>The migrations of this version, found without EF Core: its services and its model take longer than all else
/// at a start on a database that lacks none.</summary>
internal static class MigrationIds
{
    /// <param name="context">Of one database. Its migrations are in the namespace below its own.</param>
    public static string[] Of(Type context)
    {
        var place = $"{context.Namespace}.Migrations";
        return
        [
            .. context.Assembly.GetTypes().Where(type => type.Namespace == place)
                .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>()
                .Order(StringComparer.Ordinal),
        ];
    }
}
