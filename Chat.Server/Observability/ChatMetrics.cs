namespace Chat.Server.Observability;

internal sealed class ChatMetrics
{
    public void Committed(int stored, int duplicates, TimeSpan took) { }
    public void Delivered(int count) { }
    public void DeliveryLag(TimeSpan lag) { }
    public void LogRead() { }
    public void GapFilled() { }
    public void SlowClosed() { }
    public void Refused(string code) { }
}
