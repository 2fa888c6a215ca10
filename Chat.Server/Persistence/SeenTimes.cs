using System.Buffers;
using System.Text;
using System.Text.Json;
using Chat.Server.Callers;

namespace Chat.Server.Persistence;

/// <summary>When users were seen, as what a statement for all of them takes.</summary>
internal sealed class SeenTimes
{
    private readonly KeyValuePair<UserKey, DateTimeOffset>[] _seen;

    // In one order everywhere: two instances that note the same users must not deadlock.
    public SeenTimes(IReadOnlyCollection<KeyValuePair<UserKey, DateTimeOffset>> seen) =>
        _seen = [.. seen.OrderBy(s => s.Key)];

    /// <summary>For <c>unnest</c>, with <see cref="Users"/> and <see cref="Times"/>.</summary>
    public string[] Tenants => Array.ConvertAll(_seen, s => s.Key.Tenant.Name);

    public string[] Users => Array.ConvertAll(_seen, s => s.Key.Id.Value);

    public DateTimeOffset[] Times => Array.ConvertAll(_seen, s => Microseconds.Truncate(s.Value));

    /// <summary>For <c>json_each</c>: a user, microseconds since 1970, and the user's tenant.</summary>
    public string ToJson()
    {
        var output = new ArrayBufferWriter<byte>(_seen.Length * 48);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartArray();
            foreach (var (user, time) in _seen)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(user.Id.Value);
                writer.WriteNumberValue(Microseconds.ToUnix(time));
                writer.WriteStringValue(user.Tenant.Name);
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
