using System.Text.Json;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;
using Chat.Server.Web;

namespace Chat.Server.Operators;

/// <summary>Where browsers sign in, and find what is there for operators. The link of the log leads here; its key is
/// behind the <c>#</c>, which no browser sends.</summary>
internal sealed class OperatorsPage(OperatorsDoor door, OperatorSessions sessions)
{
    public const string Path = "/operators";

    private readonly EmbeddedPage _files = new("operators-page/", "operators.html");

    public Task FileAsync(HttpContext http, string? file) => _files.WriteAsync(http, file);

    /// <summary>200 while signed in, else 401.</summary>
    public async Task StatusAsync(HttpContext http) =>
        http.Response.StatusCode = await sessions.FindAsync(http.Request) is null
            ? StatusCodes.Status401Unauthorized
            : StatusCodes.Status200OK;

    public async Task SignInAsync(HttpContext http)
    {
        var given = Read(await RequestBody.ReadAsync(http));
        if (given?.Key is not { } key)
            throw new BadHttpRequestException("the key is required", StatusCodes.Status400BadRequest);
        if (await door.FindOperatorAsync(http, key) is { } withKey)
        {
            sessions.Open(http, "", withKey);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (door.Opens(http, key, out var wait))
        {
            sessions.Open(http, OperatorName.Of(given.Name));
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (wait > TimeSpan.Zero) await OperatorsGate.TooManyAsync(http, wait);
        else
            await ErrorAnswer.WriteAsync(http, StatusCodes.Status401Unauthorized, "this is not the operators' key");
    }

    public static Task SignOutAsync(HttpContext http)
    {
        OperatorSessions.Close(http);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static SignIn? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, SignInJson.Default.SignIn);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
