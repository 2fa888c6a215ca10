using Chat.Server.Configuration;
using Chat.Server.Hosting.Program;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Chat.Tests.Unit.Hosting;

public sealed class DotEnvFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("chat-dotenv-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Lines_become_settings_and_two_underscores_a_colon()
    {
        var settings = Read(
            "# the database\nDB_HOST=db\nDB_PASSWORD='a b#c$d$$e'\nDB_NAME=\"a b\"\nexport "
                + "Chat__Server__ShutdownSeconds=7\n\nEMPTY=\n");
        Assert.Equal("db", settings["DB_HOST"]);
        Assert.Equal("a b#c$d$$e", settings["DB_PASSWORD"]);
        Assert.Equal("a b", settings["DB_NAME"]);
        Assert.Equal("7", settings["Chat:Server:ShutdownSeconds"]);
        Assert.Equal("", settings["EMPTY"]);
    }

    [Fact]
    public void It_stands_above_what_came_before_and_below_the_environment()
    {
        var name = "CHAT_TEST_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "real");
        try
        {
            var settings = Read($"{name}=file\nDB_HOST=file\n", ("DB_HOST", "appsettings"));
            Assert.Equal("real", settings[name]);
            Assert.Equal("file", settings["DB_HOST"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public void It_does_not_change_the_environment_of_the_process()
    {
        var name = "CHAT_TEST_" + Guid.NewGuid().ToString("N");
        Assert.Equal("x", Read($"{name}=x\n")[name]);
        Assert.Null(Environment.GetEnvironmentVariable(name));
    }

    [Fact]
    public void The_hosts_own_variables_work_too() =>
        Assert.Equal("http://127.0.0.1:1", Read("ASPNETCORE_URLS=http://127.0.0.1:1\n")["urls"]);

    [Fact]
    public void No_file_is_no_problem() => Assert.Equal("below", Build([("DB_HOST", "below")])["DB_HOST"]);

    [Fact]
    public void A_broken_file_is_refused_without_showing_it()
    {
        var e = Assert.Throws<ConfigurationException>(() => Read("DB_HOST=db\nthis is = not \"hunter2\n"));
        Assert.StartsWith(".env must hold lines of the form NAME=value", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    private IConfigurationRoot Read(string content, params (string Name, string Value)[] below)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, ".env"), content);
        return Build(below);
    }

    private IConfigurationRoot Build((string Name, string Value)[] below)
    {
        var builder = new ConfigurationBuilder()
            .AddInMemoryCollection(below.ToDictionary(s => s.Name, s => (string?)s.Value))
            .AddEnvironmentVariables();
        DotEnvFile.AddTo(builder, _directory.FullName);
        return builder.Build();
    }
}
