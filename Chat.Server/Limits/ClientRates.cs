namespace Chat.Server.Limits;

/// <summary>How often one client (<see cref="ClientKey"/>) may do what, over all its connections and requests.
/// docs/operations.md lists it.</summary>
internal static class ClientRates
{
    /// <summary>The first kind that clients count.</summary>
    public const LimitKind First = LimitKind.Requests;

    /// <summary>Kinds that clients count.</summary>
    public const int Kinds = (int)LimitKind.Adds - (int)First + 1;

    /// <summary>Bytes are counted in steps of so many, begun ones in full.</summary>
    public const int BytesPerStep = 64;

    private const int MinuteOfBytes = 4 * 1024 * 1024;

    /// <summary>An address may be a whole office: so many users' worth.</summary>
    private const int UsersOfAddress = 10;

    /// <param name="kind">Of those that clients count.</param>
    /// <param name="options">What is set.</param>
    /// <param name="isAddress">True: clients are addresses.</param>
    public static Rate Of(LimitKind kind, LimitsOptions options, bool isAddress)
    {
        var user = kind switch
        {
            LimitKind.Requests => new Rate(PerSecond: 10, Burst: 100),
            LimitKind.ClientSends => PerMinute(options.SendsPerUserPerMinute),
            LimitKind.ClientBytes => PerMinute(MinuteOfBytes / BytesPerStep),
            LimitKind.Creates => PerHour(100),
            LimitKind.Adds => PerHour(1_000),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "is not counted by clients"),
        };
        return user.Times((isAddress ? UsersOfAddress : 1) * options.Factor);
    }

    public static int StepsOf(int bytes) => (bytes + BytesPerStep - 1) / BytesPerStep;

    /// <summary>For refusals.</summary>
    public static string Words(LimitKind kind, Rate rate, bool isAddress)
    {
        var client = isAddress ? "address" : "user";
        return kind == LimitKind.ClientBytes
            ? $"messages of this {client} have too many bytes: {(long)rate.Burst * BytesPerStep / 1024} KiB per minute"
            : $"{What(kind)} of this {client} come too fast: {rate.Words}";
    }

    private static string What(LimitKind kind) => kind switch
    {
        LimitKind.Requests => "requests",
        LimitKind.ClientSends => "messages",
        LimitKind.Creates => "new conversations",
        _ => "added participants",
    };

    private static Rate PerMinute(int count) => new(count / 60d, count);

    private static Rate PerHour(int count) => new(count / 3_600d, count);
}
