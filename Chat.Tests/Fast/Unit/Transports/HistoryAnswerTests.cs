using System.Buffers;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Server.Transports;
using Chat.Server.Transports.WebSockets;

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

    [Fact]
    public void A_socket_that_speaks_camelCase_is_shown_the_same_in_its_spelling()
    {
        var page = new HistoryPage([], 9, "g1") { Current = [GoldenEntries.Current] };
        var written = Written(page, JsonNames.Camel);
        Assert.Contains("\"attachmentUrl\":null,\"attachmentMeta\":null", written);
        Assert.Contains("\"replies\":{\"count\":2,\"lastSeq\":7}", written);
        Assert.DoesNotContain('_', written);
    }

    private static string Written(HistoryPage page, JsonNames? names = null)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            HistoryAnswer.Write(writer, names ?? JsonNames.Snake, page, RawFeatures.Threads);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
