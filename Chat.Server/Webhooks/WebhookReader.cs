using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Policies;
using Chat.Server.Webhooks.Posting;

namespace Chat.Server.Webhooks;

/// <summary>Reads the settings of one webhook, and notes what is wrong with them, in words that have neither an address
/// nor a secret.</summary>
internal sealed partial class WebhookReader(IConfigurationSection section, List<string> problems)
{
    private const int MostSecrets = 2, LongestTimeout = 120, MostAtOnce = 64;

    private static readonly Uri None = new("about:blank");

    /// <summary>Whether anything is set: what is empty is as good as left out.</summary>
    public bool IsSet => section.GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value));

    public WebhookSettings ReadEndpoint()
    {
        if (!Name().IsMatch(section.Key))
            Note("a name has 1 to 64 letters, digits, dashes and underscores");
        return new WebhookSettings(section.Key, ReadUrl(), ReadKeys())
        {
            Kinds = ReadKinds(), Tenant = ReadTenant(), Conversations = ReadConversations(),
            Timeout = TimeSpan.FromSeconds(ReadNumber("TimeoutSeconds", 10, 1, LongestTimeout)),
            AtOnce = ReadNumber("AtOnce", 8, 1, MostAtOnce),
        };
    }

    public BeforeSendSettings ReadBeforeSend()
    {
        var onFailure = Text("OnFailure");
        if (!Enum.TryParse<PolicyFailure>(onFailure, ignoreCase: true, out var failure) || !char.IsLetter(onFailure[0]))
            Note("OnFailure", "must say what becomes of a message while there is no answer: Refuse (it is not stored, "
                + "and may be sent again) or Allow (it is stored)");
        var budget = ReadNumber("BudgetMilliseconds", 500, (int)ChatPolicyOptions.MinBudget.TotalMilliseconds,
            (int)ChatPolicyOptions.MaxBudget.TotalMilliseconds);
        return new BeforeSendSettings(ReadUrl(), ReadKeys(), TimeSpan.FromMilliseconds(budget), failure);
    }

    private Uri ReadUrl()
    {
        var text = Text("Url");
        if (WebhookUrl.FindProblem(text, ReadFlag("AllowHttp"), $"{section.Path}:AllowHttp") is not { } problem)
            return new Uri(text);
        Note("Url", problem);
        return None;
    }

    private List<byte[]> ReadKeys()
    {
        var keys = Parts("Secret").ConvertAll(WebhookSecret.Read);
        if (keys.Count is 0 or > MostSecrets || keys.Contains(null))
            Note("Secret", $"one or two secrets are needed, each {WebhookSecret.Prefix} and {WebhookSecret.Least} to "
                + $"{WebhookSecret.Most} bytes in base64; openssl rand -base64 32 makes what stands behind "
                + WebhookSecret.Prefix);
        return keys.OfType<byte[]>().ToList();
    }

    private EntryKinds? ReadKinds()
    {
        var names = Parts("Kinds");
        if (names.Count == 0) return null;
        var kinds = EntryKinds.None;
        foreach (var name in names)
            if (Enum.TryParse<EntryKinds>(name, ignoreCase: true, out var kind) && kind != EntryKinds.None
                && char.IsLetter(name[0]))
                kinds |= kind;
            else
                Note("Kinds", $"{name} is no kind of entry; some of "
                    + string.Join(", ", Enum.GetNames<EntryKinds>().Where(known => known != nameof(EntryKinds.None)))
                    + " are allowed");
        return kinds;
    }

    private Tenant? ReadTenant()
    {
        if (Text("Tenant") is not { Length: > 0 } name) return null;
        if (!Tenant.TryCreate(name, out var tenant)) Note("Tenant", $"{name} is none; one has {Tenant.Rule}");
        return tenant;
    }

    private HashSet<ConversationId>? ReadConversations()
    {
        var texts = Parts("Conversations");
        if (texts.Count == 0) return null;
        var ids = new HashSet<ConversationId>();
        foreach (var text in texts)
            if (!ConversationId.TryParse(text, out var id)) Note("Conversations", $"{text} is no id of one");
            else if (id == ConversationId.Lobby) Note("Conversations", "nobody is told of the lobby");
            else ids.Add(id);
        return ids;
    }

    private bool ReadFlag(string name)
    {
        var text = Text(name);
        if (text.Length == 0) return false;
        if (bool.TryParse(text, out var flag)) return flag;
        Note(name, "is true or false");
        return false;
    }

    private int ReadNumber(string name, int unlessSet, int least, int most)
    {
        var text = Text(name);
        if (text.Length == 0) return unlessSet;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most) return number;
        Note(name, string.Create(CultureInfo.InvariantCulture, $"is a whole number from {least} to {most}"));
        return unlessSet;
    }

    private string Text(string name) => (section[name] ?? "").Trim();

    private List<string> Parts(string name) => [.. Text(name).Split(
        ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private void Note(string setting, string problem) => problems.Add($"{section.Path}:{setting}: {problem}");

    private void Note(string problem) => problems.Add($"{section.Path}: {problem}");

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Name();
}
