using System.Globalization;
using System.Text.Json;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Transports;

namespace Chat.Server.Revocations;

/// <summary>The body of a request, as it was written.</summary>
internal struct RevocationBody
{
    public const int MaxText = 255;

    /// <summary>An issuer's clock may be so far ahead.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private static readonly JsonFields.FieldReader<RevocationBody> ReadField = TryReadField;

    private string? _user;
    private string? _tenant;
    private string? _session;
    private string? _before;
    private string? _reason;

    /// <exception cref="ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RevocationBody Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    /// <exception cref="ChatException">A field is not as allowed; the text names it.</exception>
    public readonly RevocationOrder ToOrder(
        RevocationKind kind, Tenant unlessGiven, DateTimeOffset now, TimeSpan tokensLive)
    {
        var user = UserNames.ParseOne(_user, ChatField.UserId);
        if (!Tenant.TryCreate(_tenant ?? unlessGiven.Name, out var tenant))
            throw ChatException.BadRequest($"tenant must have {Tenant.Rule}");
        if (kind != RevocationKind.Revoke && (_session ?? _before) is not null)
            throw ChatException.BadRequest("session and before are for revoke only");
        Check(_session, "session", isRequired: false);
        Check(_reason, "reason", isRequired: kind != RevocationKind.Reactivate);
        return new RevocationOrder(kind, new UserKey(tenant, user), _session, BeforeOf(now), _reason ?? "")
        {
            TokensLive = tokensLive,
        };
    }

    /// <exception cref="ChatException">A field is not as allowed; the text names it.</exception>
    public readonly RevocationOrder ToOrderOfTenant(RevocationKind kind, TimeSpan tokensLive)
    {
        if (!Tenant.TryCreate(_tenant, out var tenant))
            throw ChatException.BadRequest($"tenant must have {Tenant.Rule}");
        if ((_user ?? _session ?? _before) is not null)
            throw ChatException.BadRequest("user_id, session and before are for users only");
        Check(_reason, "reason", isRequired: kind == RevocationKind.Suspend);
        return RevocationOrder.OfTenant(kind, tenant, _reason ?? "", tokensLive);
    }

    private readonly DateTimeOffset? BeforeOf(DateTimeOffset now)
    {
        if (_before is null) return null;
        if (!DateTimeOffset.TryParse(_before, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var before))
            throw ChatException.BadRequest("before must be a time such as 2025-01-01T12:00:00Z");
        // In whole seconds, as tokens say when they were issued.
        return before <= now + Skew ? DateTimeOffset.FromUnixTimeSeconds(before.ToUnixTimeSeconds())
            : throw ChatException.BadRequest(
                "before must not be in the future: to refuse tokens that are still to be issued, deactivate the user");
    }

    private static void Check(string? text, string field, bool isRequired)
    {
        if (text is null ? isRequired : text.Length is 0 or > MaxText)
            throw ChatException.BadRequest($"{field} must have 1 to {MaxText} characters");
    }

    private static bool TryReadField(ref Utf8JsonReader reader, ref RevocationBody body, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("user_id"u8)) body._user = Text(ref reader, ChatField.UserId);
        else if (reader.ValueTextEquals("tenant"u8)) body._tenant = Text(ref reader, new ChatField("tenant"));
        else if (reader.ValueTextEquals("session"u8)) body._session = Text(ref reader, new ChatField("session"));
        else if (reader.ValueTextEquals("before"u8)) body._before = Text(ref reader, new ChatField("before"));
        else if (reader.ValueTextEquals("reason"u8)) body._reason = Text(ref reader, new ChatField("reason"));
        else return false;
        return true;
    }

    private static string? Text(ref Utf8JsonReader reader, ChatField field) => JsonFields.ReadText(ref reader, field);
}
