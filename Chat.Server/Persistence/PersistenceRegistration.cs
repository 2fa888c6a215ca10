using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Postgres;
using Chat.Server.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Server.Persistence;

internal static class PersistenceRegistration
{
    public static IServiceCollection AddPersistence(this IServiceCollection services, DatabaseSettings settings)
    {
        services.AddOptionsWithValidateOnStart<PersistenceOptions, PersistenceOptionsValidator>()
            .BindConfiguration(PersistenceOptions.Section);
        services.AddSingleton(settings);
        services.AddSingleton<ChatDatabase>();
        services.AddSingleton<UnreadCounts>();
        services.AddSingleton<ListedAt>();
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<ReferenceStore>();
        services.AddSingleton<ThreadStore>();
        services.AddSingleton<ReactionStore>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<StateRebuild>();
        services.AddSingleton<ErasureStore>();
        services.AddSingleton<DatabasePing>();
        services.AddSingleton<SchemaCheck>();
        services.TryAddSingleton(new InstanceClock(TimeProvider.System));
        services.AddSingleton<DatabaseClock>();
        return settings.Kind == DatabaseKind.Postgres ? services.AddPostgres() : services.AddSqlite();
    }

    /// <summary>A service of which each database has a class of its own. Which one is needed may be said later.
    /// </summary>
    public static IServiceCollection AddByDatabase<TService, TPostgres, TSqlite>(this IServiceCollection services)
        where TService : class where TPostgres : TService where TSqlite : TService =>
        services.AddSingleton<TService>(provider =>
            provider.GetRequiredService<DatabaseSettings>().Kind == DatabaseKind.Postgres
                ? ActivatorUtilities.CreateInstance<TPostgres>(provider)
                : ActivatorUtilities.CreateInstance<TSqlite>(provider));

    private static IServiceCollection AddPostgres(this IServiceCollection services)
    {
        services.AddSingleton<PostgresConnections>();
        services.AddSingleton<ISessionTurns>(p => p.GetRequiredService<PostgresConnections>());
        services.AddHostedService<PostgresSessionWatch>();
        services.AddSingleton<IMessageStore, PostgresMessageStore>();
        services.AddSingleton<IShownLog, PostgresShownLog>();
        services.AddSingleton<IDeploymentStore, PostgresDeploymentStore>();
        services.AddSingleton<PostgresLateIndexes>();
        services.AddSingleton<IMigrations, PostgresMigrations>();
        return services.AddModel<PostgresChatDbContext>((provider, options) =>
        {
            var connections = provider.GetRequiredService<PostgresConnections>();
            var schema = provider.GetRequiredService<DatabaseSettings>().Schema;
            options.UseNpgsql(connections.Reads, npgsql =>
            {
                // EF Core looks for it in one schema by name, and not along the search path.
                if (schema is not null) npgsql.MigrationsHistoryTable(HistoryRepository.DefaultTableName, schema);
            }).AddInterceptors(new PostgresSessionInterceptor(connections));
        });
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqliteFile>();
        services.AddSingleton<SqliteConnections>();
        services.AddSingleton<ISessionTurns>(p => p.GetRequiredService<SqliteConnections>());
        services.AddSingleton<IMessageStore, SqliteMessageStore>();
        services.AddSingleton<IShownLog, SqliteShownLog>();
        services.AddSingleton<IDeploymentStore, SqliteDeploymentStore>();
        services.AddSingleton<IMigrations, SqliteMigrations>();
        return services.AddModel<SqliteChatDbContext>((provider, options) => options.UseSqlite(
            provider.GetRequiredService<SqliteFile>().ConnectionString,
            sqlite => sqlite.CommandTimeout(
                provider.GetRequiredService<IOptions<PersistenceOptions>>().Value.CommandTimeoutSeconds))
            .AddInterceptors(new SqliteErasure()));
    }

    private static IServiceCollection AddModel<TContext>(
        this IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> use)
        where TContext : ChatDbContext
    {
        services.AddPooledDbContextFactory<TContext>((provider, options) =>
        {
            use(provider, options);
            // Each statement at Information would drown the rest of the log. Nor is a failed one an error by itself: a
            // start on an empty database asks for tables that are not there, and what does matter reaches a caller, who
            // says what it means. And some are counted only up to a limit, in any order. Of migrations
            // DatabaseMigrator says all that an operator, or the owner of an application, wants to know.
            options.ConfigureWarnings(
                warnings => warnings.Log((RelationalEventId.CommandExecuted, LogLevel.Debug),
                    (RelationalEventId.CommandError, LogLevel.Debug),
                    (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                    (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                    (RelationalEventId.MigrationApplying, LogLevel.Debug),
                    (RelationalEventId.MigrationsNotApplied, LogLevel.Debug),
                    (RelationalEventId.AcquiringMigrationLock, LogLevel.Debug),
                    (CoreEventId.RowLimitingOperationWithoutOrderByWarning, LogLevel.Debug)));
        });
        return services.AddSingleton<IDbContextFactory<ChatDbContext>>(provider =>
            new ChatDbContextFactory<TContext>(provider.GetRequiredService<IDbContextFactory<TContext>>()));
    }
}
