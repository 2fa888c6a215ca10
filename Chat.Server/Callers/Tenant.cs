using System.Text.RegularExpressions;

namespace Chat.Server.Callers;

/// <summary>Names one of several bodies of users that share a deployment and see nothing of each other: 1 to
/// <see cref="MaxLength"/> of <c>[a-z0-9-]</c>.</summary>
/// <remarks>The default value is <see cref="Default"/>: what was stored or queued before there were tenants is
/// its.</remarks>
internal readonly partial record struct Tenant
{
    public const int MaxLength = 64;

    public const string DefaultName = "default";

    /// <summary>What a name is, for refusals.</summary>
    public static readonly string Rule = $"1 to {MaxLength} characters of a-z, 0-9 and -";

    private readonly string? _other; // null: the default one, so that comparing costs nothing where there is no other

    private Tenant(string? other) => _other = other;

    /// <summary>The one that there is where nobody asks for several. The lobby and the REST room are its.</summary>
    public static Tenant Default => default;

    public string Name => _other ?? DefaultName;

    /// <summary>Reads a name that is given from outside.</summary>
    public static bool TryCreate(string? name, out Tenant tenant)
    {
        var isValid = name is not null && Allowed().IsMatch(name);
        tenant = isValid && name != DefaultName ? new Tenant(name) : default;
        return isValid;
    }

    /// <summary>The tenant of a name that is known to be valid.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Tenant Parse(string name) =>
        TryCreate(name, out var tenant)
            ? tenant
            : throw new FormatException($"a tenant has {Rule}");

    /// <summary>The tenant that the code of an application names.</summary>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static Tenant OfArgument(string tenant) =>
        TryCreate(tenant, out var named)
            ? named
            : throw new ArgumentException($"'{tenant}' is no tenant; one has {Rule}", nameof(tenant));

    /// <inheritdoc />
    public override string ToString() => Name;

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z")]
    private static partial Regex Allowed();
}
