using Chat.Contracts.Identifiers;
using Chat.Server.Audit.Store;
using Chat.Server.Configuration;
using Chat.Server.Webhooks;

namespace Chat.Server.Hosting.Commands;

/// <summary>The command <c>webhooks</c>: says how the endpoints of the settings are, enables one that is disabled, and
/// has one told again. The servers carry it out.</summary>
internal static class WebhooksCommand
{
    public static readonly string[] Names = ["from", "conversation"];

    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">An argument is not as it must be.</exception>
    /// <exception cref="Persistence.StoreException">The database cannot be used.</exception>
    public static async Task<int> WebhooksAsync(this IServiceProvider services, CommandLine command, TextWriter output)
    {
        var desk = services.GetRequiredService<WebhookDesk>();
        foreach (var state in command.Words switch
        {
            ["enable", var name] => [await EnableAsync(services, desk, name)],
            ["replay", var name] => [await ReplayAsync(services, desk, name, command.Named)],
            _ => await desk.ListAsync(default),
        }) await output.WriteLineAsync(Describe(state));
        return 0;
    }

    private static async Task<WebhookState> EnableAsync(IServiceProvider services, WebhookDesk desk, string name)
    {
        var state = Known(await desk.EnableAsync(name, default), name);
        await NoteAsync(services, "webhook.enable", name);
        return state;
    }

    private static async Task<WebhookState> ReplayAsync(
        IServiceProvider services, WebhookDesk desk, string name, NamedArguments named)
    {
        var from = ChatStart.Parse(named["from"]) ?? throw new ConfigurationException(
            "--from must be a time like 2026-01-01T12:00:00Z, or beginning, or now, which leaves out what waits");
        ConversationId? only = named["conversation"] is not { } text ? null
            : ConversationId.TryParse(text, out var id) ? id
            : throw new ConfigurationException("--conversation must be the id of a conversation");
        var state = Known(await desk.ReplayAsync(name, from, only, default), name);
        await NoteAsync(services, "webhook.replay", name);
        return state;
    }

    private static WebhookState Known(WebhookState? state, string name) =>
        state ?? throw new ConfigurationException(
            $"there is no webhook {name} in the settings of this command; webhooks list shows them");

    private static Task NoteAsync(IServiceProvider services, string act, string name)
    {
        var audit = services.GetRequiredService<AuditStore>();
        return audit.AddAsync([audit.RowOf(KeysCommand.Entry() with { Act = act, Target = name })], default);
    }

    private static string Describe(WebhookState state) =>
        $"{state.Name}: {state.Word}"
        + ((state.DisabledAt ?? state.FailingSince) is { } since ? $" since {since:u}" : "")
        + $", {state.EntriesBehind} entries behind, {state.Parked} conversations are tried again"
        + (state.Reason is { } reason ? $": {reason}" : "");
}
