using Chat.Server.Configuration;
using Chat.Server.Hosting.Commands;
using Chat.Server.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Chat.Tests.Unit.Hosting;

public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("Chat:Server:ShutdownSecond", ": Chat:Server:ShutdownSeconds may be meant")]
    [InlineData("Chat:servr:drainseconds", ": Chat:Server:DrainSeconds may be meant")]
    [InlineData("Chat:Server:PingSeconds", ": Chat:RawSocket:PingSeconds may be meant")]
    [InlineData("Chat:Server:AllowedOrigins:0",
        ": Chat:Server:AllowedOrigins is one text; separate several values by commas")]
    [InlineData("Chat:Nothing:OfTheKindAtAll", "")]
    [InlineData("Chat:Server", "")]
    [InlineData("Chat:Webhooks:orders:OnFailure", "")]
    [InlineData("Chat:Webhooks:BeforeSend:Kinds", "")]
    [InlineData("Chat:Webhooks:BeforeSend", "")]
    public void A_setting_that_there_is_not_is_refused_with_what_may_be_meant(string name, string suggestion)
    {
        var refused = Assert.Throws<ConfigurationException>(() => UnknownSettings.Refuse(Settings((name, "1"))));
        Assert.Equal([$"{name} is no setting{suggestion}; help lists all"], refused.Problems);
    }

    [Fact]
    public void All_of_them_are_named_at_once()
    {
        var refused = Assert.Throws<ConfigurationException>(
            () => UnknownSettings.Refuse(Settings(("Chat:A:B", "1"), ("Chat:C:D", "1"))));
        Assert.Equal(2, refused.Problems.Count);
    }

    [Theory]
    [InlineData("Chat:Server:ShutdownSeconds")]
    [InlineData("CHAT:SERVER:SHUTDOWNSECONDS")]
    [InlineData("Chatter:Box")]
    [InlineData("CHAT_PORT")]
    [InlineData("Chat:Webhooks:orders:Url")]
    [InlineData("Chat:Webhooks:BeforeSend:OnFailure")]
    public void Known_settings_and_those_of_others_are_ignored(string name) =>
        UnknownSettings.Refuse(Settings((name, "1")));

    [Theory]
    [InlineData("--Chat:Server:DrainSecond=1", "Chat:Server:DrainSecond is no setting: Chat:Server:DrainSeconds may be "
        + "meant; help lists all")]
    [InlineData("--prot 9000", "prot is no setting: PORT may be meant; help lists all")]
    [InlineData("/prt=9000", "prt is no setting: PORT may be meant; help lists all")]
    [InlineData("prt=9000", "prt is no setting: PORT may be meant; help lists all")]
    [InlineData("serve now", "'now' cannot be read: arguments are --Name=value")]
    [InlineData("-p 9000", "'-p' cannot be read: arguments are --Name=value")]
    [InlineData("--port", "port has no value: write --port=value")]
    [InlineData("migrate --force", "force is no setting; help lists all")]
    public void An_argument_without_effect_is_a_usage_error(string line, string problem)
    {
        var errors = new StringWriter();
        Assert.Equal(2, CommandLine.Parse(line.Split(' ')).Answer(TextWriter.Null, errors));
        Assert.Equal(problem, errors.ToString().Split(Environment.NewLine)[0]);
    }

    [Theory]
    [InlineData("--port 9000 --urls=http://localhost:1 /Logging:LogLevel:Default=Debug")]
    [InlineData("serve --AllowedHosts=* --environment Development --OTEL_SERVICE_NAME=x")]
    [InlineData("--Logging:Console:FormatterName=json --DB_URL=postgres://localhost/chat --ASYNQ_QUEUES=a=1")]
    [InlineData("healthcheck http://localhost/")]
    public void Arguments_that_have_an_effect_are_taken(string line) =>
        Assert.Null(CommandLine.Parse(line.Split(' ')).Answer(TextWriter.Null, TextWriter.Null));

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build();
}
