using Chat.Server.Persistence;

namespace Chat.Server.Core;

/// <summary>Turns a failing database into the refusal that users get.</summary>
internal static class StoreCalls
{
    public static async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (StoreException e)
        {
            throw ChatException.Internal("the database cannot be reached now; nothing was changed, try again later", e);
        }
    }
}
