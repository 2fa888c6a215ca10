using System.Buffers;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Server.Transports.Rest;

namespace Chat.Tests.Unit.Transports;

/// <summary>CH-231: a page of a view over REST.</summary>
public sealed class HistoryAnswerTests
{
    [Fact]
    public void A_page_has_its_entries_what_became_of_them_and_the_head() => Assert.Equal(
        """
        {"entries":[],"current":[{"seq":3,"version":8,"body":"new","attachment_url":null,"attachment_meta":null,
        "deleted":false,"counts":[{"key":":ok:","count":12}],"mine":[":ok:"],"pinned":true,
        "replies":{"count":2,"last_seq":7}}],"head":9,"generation":"g1","count":0}
        """.ReplaceLineEndings(""),
        Written(new HistoryPage([], 9, "g1") { Current = [GoldenEntries.Current] }));

    [Fact]
    public void The_whole_log_comes_without_what_became_of_it() => Assert.Equal(
        """{"entries":[],"head":9,"generation":"g1","count":0}""", Written(new HistoryPage([], 9, "g1")));

    private static string Written(HistoryPage page)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            HistoryAnswer.Write(writer, page);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
