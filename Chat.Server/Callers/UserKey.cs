using Chat.Contracts.Identifiers;

namespace Chat.Server.Callers;

/// <summary>A user of the deployment. A name alone is none: each tenant has its own.</summary>
/// <remarks>Whatever is keyed by a name is keyed by this. What is keyed by a conversation's id needs no tenant beside
/// the names in it: a conversation belongs to one.</remarks>
internal readonly record struct UserKey(Tenant Tenant, UserId Id) : IComparable<UserKey>
{
    /// <summary>Neither a tenant's name nor a user's contains it.</summary>
    private const char Separator = '\u001f';

    /// <summary>In place of a user: everybody of the tenant.</summary>
    public static UserKey Everybody(Tenant tenant) => new(tenant, default);

    /// <summary>True of what stands for all users of its tenant.</summary>
    public bool IsEverybody => Id == default;

    /// <summary>The order of the database.</summary>
    public int CompareTo(UserKey other) =>
        string.CompareOrdinal(Tenant.Name, other.Tenant.Name) is var order and not 0
            ? order
            : string.CompareOrdinal(Id.Value, other.Id.Value);

    /// <summary>Tenant, U+001F, user: the user's name where names of all tenants meet, in SignalR.</summary>
    public override string ToString() => $"{Tenant.Name}{Separator}{Id.Value}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out UserKey user)
    {
        user = default;
        var parts = text?.Split(Separator) ?? [];
        if (parts.Length != 2 || !Tenant.TryCreate(parts[0], out var tenant)
            || !UserId.TryCreate(parts[1], out var id, out _)) return false;
        user = new UserKey(tenant, id);
        return true;
    }

    /// <summary>For other instances: those of the version before read the users of the default tenant.</summary>
    public string ToWire() => Tenant == Tenant.Default ? Id.Value : ToString();

    /// <summary>Reads what <see cref="ToWire"/> writes.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static UserKey OfWire(string text) =>
        text.Split(Separator) is [var tenant, var id]
            ? new UserKey(Tenant.Parse(tenant), UserId.Stored(id))
            : new UserKey(Tenant.Default, UserId.Stored(text));
}
