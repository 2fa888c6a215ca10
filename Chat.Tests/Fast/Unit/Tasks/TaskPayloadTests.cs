using System.Text;
using Chat.Server.Tasks.Admin;

namespace Chat.Tests.Unit.Tasks;

public sealed class TaskPayloadTests
{
    // CH-59
    [Fact]
    public void Short_text_is_shown_whole() =>
        Assert.Equal(new PayloadBody("héllo", null, 6, false), TaskPayload.Show("héllo"u8.ToArray()));

    [Fact]
    public void Nothing_is_text_without_characters() =>
        Assert.Equal(new PayloadBody("", null, 0, false), TaskPayload.Show([]));

    // CH-59
    [Theory]
    [InlineData(0, 2_048)]
    [InlineData(1, 2_045)]
    [InlineData(2, 2_046)]
    [InlineData(3, 2_047)]
    public void A_cut_never_goes_through_a_character(int before, int shown)
    {
        var whole = Encoding.UTF8.GetBytes(new string('a', before) + string.Concat(Enumerable.Repeat("😀", 600)));
        var payload = TaskPayload.Show(whole);
        Assert.Equal((shown, whole.Length, true),
            (Encoding.UTF8.GetByteCount(payload.Text!), payload.Bytes, payload.IsCut));
        Assert.DoesNotContain('\uFFFD', payload.Text!);
    }

    // CH-59
    [Fact]
    public void Binary_data_is_base64()
    {
        Assert.Equal(new PayloadBody(null, "/wA=", 2, false), TaskPayload.Show([255, 0]));
        var cut = TaskPayload.Show([.. Enumerable.Repeat((byte)255, 3_000)]);
        Assert.Equal((2_048, 3_000, true), (Convert.FromBase64String(cut.Base64!).Length, cut.Bytes, cut.IsCut));
    }
}
