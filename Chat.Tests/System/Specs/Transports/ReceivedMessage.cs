using System.Runtime.Serialization;

namespace Chat.Tests.Specs.Transports;

/// <summary>A message as an application that does not use our packages would declare it.</summary>
[DataContract]
public sealed class ReceivedMessage
{
    [DataMember(Name = "sequence")]
    public long Sequence { get; set; }

    [DataMember(Name = "senderId")]
    public string SenderId { get; set; } = "";

    [DataMember(Name = "body")]
    public string? Body { get; set; }
}
