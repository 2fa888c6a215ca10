namespace Chat.Server.Hosting.Commands;

/// <summary>What the process is asked to do.</summary>
internal enum ServerCommand
{
    /// <summary>Run the server. Also when no command is given.</summary>
    Serve,

    /// <summary>Bring the database schema up to date and end.</summary>
    Migrate,

    /// <summary>Make the state of messages again from the log and end.</summary>
    Rebuild,

    /// <summary>Say which mode the deployment has, or make it open again.</summary>
    Mode,

    /// <summary>Make a token, or say whose one is, or why it is refused.</summary>
    Token,

    /// <summary>Make, list and revoke keys of back ends.</summary>
    Keys,

    /// <summary>Write what the database has as lines of JSON.</summary>
    Export,

    /// <summary>Write such lines into a database.</summary>
    Import,

    /// <summary>Have what a user wrote erased, or say how far that is.</summary>
    Users,

    /// <summary>Say how webhooks are, enable one, or have one told again.</summary>
    Webhooks,

    /// <summary>Ask a server on this machine whether it lives, for container health checks.</summary>
    HealthCheck,

    Help,
    Version,
    Unknown,
}
