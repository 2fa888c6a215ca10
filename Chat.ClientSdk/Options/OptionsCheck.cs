namespace Chat.ClientSdk;

/// <summary>Checks the options of a client.</summary>
internal static class OptionsCheck
{
    /// <summary>The longest delay that is given to a .NET timer.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    /// <summary>The problems, one sentence each; empty when the options are valid.</summary>
    public static IEnumerable<string> Problems(ChatClientOptions options)
    {
        if (options.Url is null || !options.Url.IsAbsoluteUri
            || (options.Url.Scheme != Uri.UriSchemeHttp && options.Url.Scheme != Uri.UriSchemeHttps))
            yield return "Url must be an absolute http or https address, https://chat.example.com/hubs/chat "
                + "for instance.";
        if ((options.Transports & ChatTransports.All) == 0) yield return "Transports must name at least one.";
        if (options.SkipNegotiation && options.Transports != ChatTransports.WebSockets)
            yield return "SkipNegotiation requires Transports to be WebSockets alone.";
        foreach (var (name, value) in Durations(options))
            if (value <= TimeSpan.Zero || value > LongestTimer)
                yield return $"{name} must be longer than zero and at most {LongestTimer.Days} days; it is {value}.";
        if (options.Reconnect is { } reconnect && reconnect.FirstDelay > reconnect.MaxDelay)
            yield return $"Reconnect.FirstDelay must be at most Reconnect.MaxDelay, {reconnect.MaxDelay}; it is "
                + $"{reconnect.FirstDelay}.";
        if (options.Reconnect is { MaxAttempts: < 1 and var attempts })
            yield return $"Reconnect.MaxAttempts must be at least 1, or null for no limit; it is {attempts}.";
        if (options.KeepAliveInterval >= options.ServerTimeout)
            yield return $"KeepAliveInterval must be shorter than ServerTimeout, {options.ServerTimeout}; it is "
                + $"{options.KeepAliveInterval}.";
        foreach (var problem in options.Reading.Problems()) yield return problem;
    }

    /// <exception cref="ArgumentException">The message lists every problem.</exception>
    public static ChatClientOptions Checked(ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = string.Join(" ", Problems(options));
        return problems.Length == 0 ? options : throw new ArgumentException(problems, nameof(options));
    }

    private static IEnumerable<(string Name, TimeSpan Value)> Durations(ChatClientOptions options)
    {
        yield return (nameof(options.KeepAliveInterval), options.KeepAliveInterval);
        yield return (nameof(options.ServerTimeout), options.ServerTimeout);
        yield return (nameof(options.ConnectTimeout), options.ConnectTimeout);
        yield return (nameof(options.CloseTimeout), options.CloseTimeout);
        if (options.FirstConnectionTimeout != Timeout.InfiniteTimeSpan)
            yield return (nameof(options.FirstConnectionTimeout), options.FirstConnectionTimeout);
        yield return (nameof(options.CallTimeout), options.CallTimeout);
        if (options.Reconnect is not { } reconnect) yield break;
        yield return ("Reconnect.FirstDelay", reconnect.FirstDelay);
        yield return ("Reconnect.MaxDelay", reconnect.MaxDelay);
    }
}
