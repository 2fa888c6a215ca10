using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Chat.Server.Persistence;

/// <summary>A time as microseconds since 1970.</summary>
internal sealed class MicrosecondsColumn()
    : ValueConverter<DateTimeOffset, long>(time => Microseconds.ToUnix(time), number => Microseconds.FromUnix(number));
