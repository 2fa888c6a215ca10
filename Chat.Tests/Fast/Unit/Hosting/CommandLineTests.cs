using Chat.Server.Hosting.Commands;
using Xunit;

namespace Chat.Tests.Unit.Hosting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", nameof(ServerCommand.Serve), "")]
    [InlineData("serve --urls=x", nameof(ServerCommand.Serve), "--urls=x")]
    [InlineData("--urls=x --PORT=1", nameof(ServerCommand.Serve), "--urls=x --PORT=1")]
    [InlineData("PORT=1", nameof(ServerCommand.Serve), "PORT=1")]
    [InlineData("migrate --DB_URL=x", nameof(ServerCommand.Migrate), "--DB_URL=x")]
    [InlineData("healthcheck http://h/", nameof(ServerCommand.HealthCheck), "http://h/")]
    [InlineData("mode --DB_URL=x", nameof(ServerCommand.Mode), "--DB_URL=x")]
    [InlineData("mode open DB_URL=x", nameof(ServerCommand.Mode), "DB_URL=x")]
    [InlineData("token check ey.ey.s --DB_URL=x", nameof(ServerCommand.Token), "--DB_URL=x")]
    [InlineData("--help", nameof(ServerCommand.Help), "")]
    [InlineData("help", nameof(ServerCommand.Help), "")]
    [InlineData("--version", nameof(ServerCommand.Version), "")]
    [InlineData("migrat", nameof(ServerCommand.Unknown), "")]
    public void The_first_word_is_the_command_and_the_rest_is_configuration(string line, string command, string rest)
    {
        var parsed = CommandLine.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(command, parsed.Command.ToString());
        Assert.Equal(rest, string.Join(' ', parsed.Rest));
    }

    [Fact]
    public void Help_names_every_setting()
    {
        var output = new StringWriter();
        Assert.Equal(0, CommandLine.Parse(["--help"]).Answer(output, TextWriter.Null));
        var text = output.ToString();
        var options = typeof(CommandLine).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false }
                && type.Namespace?.StartsWith("Chat.Server", StringComparison.Ordinal) == true
                && type.Namespace is not ("Chat.Server" or "Chat.Server.Policies") // set by code only
                && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(
                type => type.GetProperties().Where(p => p.SetMethod is not null)
                    .Select(p => $"Chat:{type.Name[..^"Options".Length]}:{p.Name} "))
            .ToArray();
        Assert.NotEmpty(options);
        string[] named = ["PORT", "ASPNETCORE_URLS", "ConnectionStrings:Chat", "DB_URL", "DB_HOST", "DB_PORT",
            "DB_USER", "DB_PASSWORD", "DB_NAME", "OTEL_EXPORTER_OTLP_ENDPOINT", .. options];
        Assert.All(named, name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_command_is_named_with_those_allowed()
    {
        var errors = new StringWriter();
        Assert.Equal(2, CommandLine.Parse(["migrat"]).Answer(TextWriter.Null, errors));
        Assert.Equal("unknown command 'migrat': allowed are serve, migrate, rebuild, export, import, mode, token, "
            + "keys, users, webhooks, healthcheck, help, version",
            errors.ToString().Trim());
    }

    [Theory]
    [InlineData("mode shut", "usage: mode")]
    [InlineData("mode open now", "usage: mode")]
    [InlineData("users", "usage: users erase <user>")]
    [InlineData("users erase", "usage: users erase <user>")]
    [InlineData("webhooks", "usage: webhooks list")]
    [InlineData("webhooks enable", "usage: webhooks list")]
    [InlineData("webhooks replay orders", "usage: webhooks list")]
    [InlineData("webhooks list --from now", "usage: webhooks list")]
    [InlineData("webhooks replay orders --from", "usage: webhooks list")]
    [InlineData("token", "usage: token <user>")]
    [InlineData("token check", "usage: token <user>")]
    [InlineData("token print ey.ey.s", "usage: token <user>")]
    [InlineData("export file", "usage: export")]
    [InlineData("export --output", "usage: export")]
    [InlineData("import", "usage: import <file>")]
    [InlineData("import one two", "usage: import <file>")]
    public void Words_that_a_command_does_not_know_are_answered_with_those_it_does(string line, string usage)
    {
        var errors = new StringWriter();
        Assert.Equal(CommandLine.ExitUsage, CommandLine.Parse(line.Split(' ')).Answer(TextWriter.Null, errors));
        Assert.StartsWith(usage, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_server_itself_answers_no_text() =>
        Assert.Null(CommandLine.Parse([]).Answer(TextWriter.Null, TextWriter.Null));
}
