using System.Text.Json;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Transports;

namespace Chat.Server.Erasures;

/// <summary>The body that names the user, as it was written.</summary>
internal struct ErasureBody
{
    private static readonly JsonFields.FieldReader<ErasureBody> ReadField = TryReadField;

    private string? _user;
    private string? _tenant;

    /// <exception cref="ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static ErasureBody Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    /// <exception cref="ChatException">A field is not as allowed; the text names it.</exception>
    public readonly UserKey ToUser(Tenant unlessGiven)
    {
        var user = UserNames.ParseOne(_user, ChatField.UserId);
        return Tenant.TryCreate(_tenant ?? unlessGiven.Name, out var tenant)
            ? new UserKey(tenant, user)
            : throw ChatException.BadRequest($"tenant must have {Tenant.Rule}");
    }

    private static bool TryReadField(ref Utf8JsonReader reader, ref ErasureBody body, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("user_id"u8)) body._user = JsonFields.ReadText(ref reader, ChatField.UserId);
        else if (reader.ValueTextEquals("tenant"u8))
            body._tenant = JsonFields.ReadText(ref reader, new ChatField("tenant"));
        else return false;
        return true;
    }
}
