using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Settings <c>Chat:Backplane</c>: messages between the instances of one deployment.</summary>
internal sealed class BackplaneOptions
{
    /// <summary>Prefix of every channel name. Default <c>chat</c>. A copy of a deployment's database that uses the same
    /// Redis needs another prefix; other deployments are always separate.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{1,64}$",
        ErrorMessage = "The field BackplaneOptions.ChannelPrefix must be 1 to 64 letters, digits, dots, dashes or "
            + "underscores.")]
    public string ChannelPrefix { get; set; } = "chat";

    /// <summary>Maximum number of waiting messages per direction. Default 65,536. Further ones are dropped and read
    /// from the database instead.</summary>
    [Range(256, 10_000_000)]
    public int QueueCapacity { get; set; } = 65_536;

    /// <summary>Milliseconds between probes that an instance sends to itself. Default 1,000. No answer for two and a
    /// half intervals is an outage.</summary>
    [Range(100, 60_000)]
    public int ProbeMilliseconds { get; set; } = 1_000;

    /// <summary>Whether what is sent through <c>IHubContext</c> reaches the hub connections of all instances. Costs
    /// each hub connection about 6 KB. Default true; without Redis there is one instance, and no cost.</summary>
    public bool SharesHubPushes { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class BackplaneOptionsValidator : IValidateOptions<BackplaneOptions>;
