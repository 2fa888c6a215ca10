namespace Chat.ClientSdk.Views;

/// <summary>Something about a view has changed.</summary>
public sealed class ViewChangedEventArgs : EventArgs
{
    internal ViewChangedEventArgs(ViewState previous, ViewState state) => (Previous, State) = (previous, state);

    /// <summary>The state that was reported before.</summary>
    public ViewState Previous { get; }

    /// <summary>What the view shows now, with all the changes that are being told.</summary>
    public ViewState State { get; }
}

/// <summary>A message has come into a view, changed, or left it.</summary>
public sealed class ViewMessageEventArgs : EventArgs
{
    internal ViewMessageEventArgs(ViewState state, int index, ViewMessage message) =>
        (State, Index, Message) = (state, index, message);

    /// <summary>What the view shows now, with all the changes that are being told.</summary>
    public ViewState State { get; }

    /// <summary>Its index in a list to which all earlier events were applied: insert, replace, or remove
    /// there.</summary>
    public int Index { get; }

    /// <summary>The message; a removed one as it was before.</summary>
    public ViewMessage Message { get; }
}
