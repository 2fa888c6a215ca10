using System.Globalization;

namespace Chat.Contracts.Text;

/// <summary>What the Unicode character database says of composing, read when it is first needed.</summary>
internal sealed class NfcData
{
    public static readonly Lazy<NfcData> Instance = new(() => new NfcData());

    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, (int First, int Second)> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    private NfcData()
    {
        using var resource = typeof(NfcData).Assembly.GetManifestResourceStream("nfc.txt")!;
        using var text = new StreamReader(resource);
        text.ReadLine(); // says where it is from
        foreach (var item in text.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            if (item.Contains(':', StringComparison.Ordinal)) AddClass(item.Split(':'));
            else AddDecomposition(item.Split('='));
    }

    /// <summary>The canonical combining class; 0 for what begins a character.</summary>
    public int ClassOf(int code) => _classes.GetValueOrDefault(code);

    /// <returns>Null when it has none; <c>Second</c> is 0 where it is one code point.</returns>
    public (int First, int Second)? DecompositionOf(int code) =>
        _decompositions.TryGetValue(code, out var parts) ? parts : null;

    public bool TryCompose(int first, int second, out int composed) =>
        _compositions.TryGetValue((first, second), out composed);

    private void AddClass(string[] parts) =>
        _classes[Hex(parts[0])] = byte.Parse(parts[1], CultureInfo.InvariantCulture);

    private void AddDecomposition(string[] parts)
    {
        var isExcluded = parts[0].EndsWith('!');
        var (code, to) = (Hex(parts[0].TrimEnd('!')), parts[1].Split('+'));
        var pair = (Hex(to[0]), to.Length > 1 ? Hex(to[1]) : 0);
        _decompositions[code] = pair;
        if (!isExcluded) _compositions[pair] = code;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
