using System.Runtime.Versioning;
using Chat.Server.Operators;
using FluentAssertions;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.Operators;

[UnsupportedOSPlatform("windows")]
public sealed class OperatorKeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chat-key-");
    private readonly RecordedLogs _logs = new();

    private string Name => Path.Combine(_folder.FullName, OperatorKeyFile.Name);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_first_start_makes_a_key_that_only_its_owner_can_read_and_the_next_one_has_the_same()
    {
        var first = ReadOrMake(Name);
        first.Text.Should().MatchRegex("^[A-Za-z0-9_-]{43}$");
        File.GetUnixFileMode(Name).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ReadOrMake(Name).Text.Should().Be(first.Text);
        _folder.GetFiles().Should().ContainSingle("nothing else is left");
        first.Is(first.Text).Should().BeTrue();
        first.Is(first.Text + "x").Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void A_file_without_a_whole_key_is_written_anew(string content)
    {
        File.WriteAllText(Name, content);
        ReadOrMake(Name).Text.Should().Be(File.ReadAllText(Name).Trim()).And.HaveLength(43);
    }

    [Fact]
    public void Instances_that_start_at_once_have_one_key()
    {
        for (var round = 0; round < 50; round++)
        {
            var name = $"{Name}.{round}";
            var keys = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
                .Select(_ => ReadOrMake(name).Text).ToList();
            keys.Distinct().Should().ContainSingle();
        }
    }

    [Fact]
    public void Where_it_cannot_be_kept_there_is_a_key_for_this_start_and_a_warning()
    {
        var nowhere = Path.Combine(_folder.FullName, "missing", OperatorKeyFile.Name);
        ReadOrMake(nowhere).Text.Should().HaveLength(43);
        _logs.All.Should().ContainSingle(log => log.Level == LogLevel.Warning)
            .Which.Text.Should().Contain(nowhere).And.Contain("Chat:Operators:Key");
    }

    private OperatorKey ReadOrMake(string file)
    {
        using var logging = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        return new OperatorKeyFile(file, logging.CreateLogger<OperatorKeyFile>()).ReadOrMake();
    }
}
