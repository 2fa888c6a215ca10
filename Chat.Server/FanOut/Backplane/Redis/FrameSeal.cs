using System.Security.Cryptography;
using Chat.Server.Observability;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>Authenticates messages between instances: only those of instances with the same database and generation are
/// accepted. All others on the same Redis are dropped.</summary>
/// <remarks>A frame is a code, the instance that wrote it, and the message. The code is HMAC-SHA-256 (RFC 2104) of the
/// rest, cut to 16 bytes. Its key comes from the deployment's key and the generation, so that a copy of a database,
/// which has the same key, is another deployment too.</remarks>
internal sealed partial class FrameSeal
{
    public const int Length = CodeLength + InstanceLength;

    private const int CodeLength = 16, InstanceLength = 16;

    /// <summary>After a change of the generation, other instances still write in the old one for a while.</summary>
    private static readonly TimeSpan Transition = TimeSpan.FromSeconds(5);

    private readonly LogIdentity _identity;
    private readonly ChatMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<FrameSeal> _logger;
    private volatile byte[] _key = [];
    private volatile string _tag = "";
    private long _changedAt;
    private int _isTold;

    public FrameSeal(LogIdentity identity, ChatMetrics metrics, TimeProvider time, ILogger<FrameSeal> logger)
    {
        (_identity, _metrics, _time, _logger) = (identity, metrics, time, logger);
        identity.Changed += Derive;
        if (identity.Current is not null) Derive();
    }

    /// <summary>This instance.</summary>
    public Guid Instance { get; } = Guid.NewGuid();

    /// <summary>Completes when the deployment is known: until then messages cannot be sealed or opened.</summary>
    public Task Known => _identity.Known;

    /// <summary>The part of the deployment's channel names after the prefix. It cannot be guessed.</summary>
    public string Tag => _tag;

    public byte[] Close(ReadOnlySpan<byte> message)
    {
        var framed = GC.AllocateUninitializedArray<byte>(Length + message.Length);
        Instance.TryWriteBytes(framed.AsSpan(CodeLength));
        message.CopyTo(framed.AsSpan(Length));
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, framed.AsSpan(CodeLength), code);
        code[..CodeLength].CopyTo(framed);
        return framed;
    }

    /// <returns>False for messages of this instance and of other deployments.</returns>
    public bool TryOpen(byte[] framed, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (framed.Length > Length
            && new Guid(framed.AsSpan(CodeLength, InstanceLength)) == Instance) return false;
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (framed.Length > Length)
        {
            HMACSHA256.HashData(_key, framed.AsSpan(CodeLength), code);
            if (CryptographicOperations.FixedTimeEquals(code[..CodeLength], framed.AsSpan(0, CodeLength)))
            {
                message = framed.AsMemory(Length);
                return true;
            }
        }
        Refuse();
        return false;
    }

    private void Derive()
    {
        if (_identity.Current is not { } deployment) return;
        _tag = Convert.ToHexStringLower(HMACSHA256.HashData(deployment.Key, deployment.Id.ToByteArray())[..CodeLength]);
        _key = HMACSHA256.HashData(deployment.Key, deployment.Generation.ToByteArray());
        Volatile.Write(ref _changedAt, _time.GetTimestamp());
    }

    private void Refuse()
    {
        _metrics.BackplaneForeign();
        if (_time.GetElapsedTime(Volatile.Read(ref _changedAt)) < Transition) return;
        if (Interlocked.Exchange(ref _isTold, 1) == 0) Log.Foreign(_logger);
    }

    private static partial class Log
    {
        [LoggerMessage(3113, LogLevel.Warning,
            "Messages of another deployment arrive over Redis and are dropped: does a copy of the database "
            + "use the same Redis? Logged once; chat_backplane_foreign_total counts them")]
        public static partial void Foreign(ILogger logger);
    }
}
