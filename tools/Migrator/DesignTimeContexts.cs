using Chat.Server.Persistence.Postgres;
using Chat.Server.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

return 0;

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresChatDbContext>
{
    // Scaffolding compares models; it connects to nothing.
    public PostgresChatDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresChatDbContext>().UseNpgsql("Host=design").Options);
}

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteChatDbContext>
{
    public SqliteChatDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteChatDbContext>().UseSqlite("Data Source=design").Options);
}
