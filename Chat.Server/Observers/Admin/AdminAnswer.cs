using Chat.Server.Transports.Rest;

namespace Chat.Server.Observers.Admin;

internal static class AdminAnswer
{
    /// <summary>One thing was changed.</summary>
    public static Task ChangedAsync(HttpContext http) =>
        RestAnswer.WriteAsync(http, StatusCodes.Status200OK, 1,
            static (writer, changed) => writer.WriteNumber("changed"u8, changed));
}
