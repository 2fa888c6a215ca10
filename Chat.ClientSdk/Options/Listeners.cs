using System.Collections.Immutable;

namespace Chat.ClientSdk;

/// <summary>Handlers that are called on the caller's thread, in the order in which they were added. One that fails
/// affects neither the others nor the caller.</summary>
/// <param name="onFault">Gets the exception of a handler; must not throw.</param>
internal sealed class Listeners<T>(Action<Exception> onFault)
{
    private ImmutableArray<Action<T>> _all = [];

    /// <summary>Adds the handler until the result is disposed.</summary>
    public IDisposable Add(Action<T> handler)
    {
        ImmutableInterlocked.Update(ref _all, static (all, added) => all.Add(added), handler);
        return new Registration(this, handler);
    }

    public void Tell(T what)
    {
        foreach (var handler in _all)
            try
            {
                handler(what);
            }
            catch (Exception ex) // any failure of a handler
            {
                onFault(ex);
            }
    }

    private sealed class Registration(Listeners<T> owner, Action<T> handler) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                ImmutableInterlocked.Update(ref owner._all, static (all, removed) => all.Remove(removed), handler);
        }
    }
}
