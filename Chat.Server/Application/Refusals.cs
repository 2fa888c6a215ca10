using Chat.Server.Core;

namespace Chat.Server.Application;

/// <summary>Refusals as the application sees them.</summary>
internal static class Refusals
{
    /// <exception cref="ChatRefusalException">It was refused.</exception>
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (Refusal.Of(e) is { } refusal)
        {
            throw new ChatRefusalException(refusal.ToError(), e);
        }
    }

    /// <inheritdoc cref="TranslateAsync{T}" />
    public static Task TranslateAsync(Func<Task> call) => TranslateAsync(async () =>
    {
        await call();
        return true;
    });
}
