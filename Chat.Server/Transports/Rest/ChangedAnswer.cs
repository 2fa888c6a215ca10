namespace Chat.Server.Transports.Rest;

/// <summary>The answer that says how much was changed.</summary>
internal static class ChangedAnswer
{
    public const string Example = """{"changed":1}""";

    public static Task WriteAsync(HttpContext http, int changed = 1) =>
        RestAnswer.WriteAsync(http, StatusCodes.Status200OK, changed,
            static (writer, number) => writer.WriteNumber("changed"u8, number));
}
