namespace Chat.Benchmarks.Load;

/// <summary>A fault played into the receiving end, to see that the run then fails.</summary>
internal enum Sabotage
{
    None,
    Loss,
    Repeat,
    Order,
}
