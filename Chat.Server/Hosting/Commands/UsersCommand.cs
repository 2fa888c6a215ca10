using Chat.Server.Configuration;
using Chat.Server.Erasures;
using Chat.Server.Erasures.Store;

namespace Chat.Server.Hosting.Commands;

/// <summary>The command <c>users</c>: has what a user wrote erased, and says how far that is. The servers carry it
/// out.</summary>
internal static class UsersCommand
{
    public static readonly string[] Names = ["tenant"];

    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">An argument is not as it must be.</exception>
    /// <exception cref="Persistence.StoreException">The database cannot be used.</exception>
    public static async Task<int> UsersAsync(this IServiceProvider services, CommandLine command, TextWriter output)
    {
        var store = services.GetRequiredService<UserErasureStore>();
        var row = command.Words is ["erase", var name]
            ? await BeginAsync(store, name, command.Named["tenant"])
            : await FindAsync(store, command.Words[1]);
        await output.WriteLineAsync($"{row.Id}: user {row.UserId}, tenant {row.Tenant.Name}, "
            + (row.FinishedAt is { } end ? $"erased {end:u}"
                : $"{row.Position} of {row.Until} entries looked through; the servers carry it out")
            + $"; {row.Messages} messages in {row.Conversations} conversations");
        return 0;
    }

    private static Task<UserErasureRow> BeginAsync(UserErasureStore store, string name, string? tenant)
    {
        var user = UserArgument.Parse(name, tenant);
        var entry = KeysCommand.Entry() with
        {
            Tenant = user.Tenant, Act = ErasureEndpoints.Act, Target = user.Id.Value,
        };
        return store.BeginAsync(user, entry, default);
    }

    private static async Task<UserErasureRow> FindAsync(UserErasureStore store, string id) =>
        Guid.TryParse(id, out var known) && await store.FindAsync(known, default) is { } found
            ? found
            : throw new ConfigurationException($"there is no erasure {id}");
}
