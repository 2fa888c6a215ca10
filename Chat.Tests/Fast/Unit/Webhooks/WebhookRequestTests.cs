using System.Text;
using Chat.Server.Webhooks.Posting;
using FluentAssertions;

namespace Chat.Tests.Unit.Webhooks;

/// <summary>Signatures as Standard Webhooks has them.</summary>
public sealed class WebhookRequestTests
{
    // The published test vector.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
        Body = """{"test": 2432232314}""", Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private const long Timestamp = 1614265330;

    [Fact]
    public void The_published_vector_is_signed_as_published() =>
        WebhookRequest.Sign([WebhookSecret.Read(Secret)!], Id, Timestamp, Encoding.UTF8.GetBytes(Body))
            .Should().Be(Signature);

    // CH-298
    [Fact]
    public async Task A_post_has_the_headers_and_a_signature_of_each_key()
    {
        var other = WebhookSecret.ReadAny("an older secret of another form");
        using var request = WebhookRequest.Create(new Uri("https://example.org/"),
            [WebhookSecret.Read(Secret)!, other], Id, Timestamp, Encoding.UTF8.GetBytes(Body));
        request.Headers.GetValues("webhook-id").Should().Equal(Id);
        request.Headers.GetValues("webhook-timestamp").Should().Equal("1614265330");
        var signatures = request.Headers.GetValues("webhook-signature").Should().ContainSingle().Which.Split(' ');
        signatures.Should().HaveCount(2);
        signatures[0].Should().Be(Signature);
        signatures[1].Should().StartWith("v1,").And.NotBe(Signature);
        (await request.Content!.ReadAsStringAsync()).Should().Be(Body);
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")] // without its prefix
    [InlineData("whsec_")]
    [InlineData("whsec_no base64 !")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")] // 22 bytes
    public void What_is_no_secret_of_the_standard_is_none(string secret) =>
        WebhookSecret.Read(secret).Should().BeNull();

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_has_24_to_64_bytes(int bytes, bool isOne) =>
        (WebhookSecret.Read("whsec_" + Convert.ToBase64String(new byte[bytes])) is not null).Should().Be(isOne);
}
