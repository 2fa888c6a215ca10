using System.Diagnostics.CodeAnalysis;

namespace Chat.Server.Observability.Prometheus;

using Tag = KeyValuePair<string, object?>;

/// <summary>The tags of a series, compared by what they hold. Looked up by a span, so that measuring allocates
/// nothing.</summary>
internal sealed class TagSet(Tag[] tags)
{
    public ReadOnlySpan<Tag> Tags => tags;

    internal sealed class Comparer : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<Tag>, TagSet>
    {
        public bool Equals(TagSet? x, TagSet? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.Tags, y));

        public int GetHashCode([DisallowNull] TagSet obj) => GetHashCode(obj.Tags);

        public bool Equals(ReadOnlySpan<Tag> alternate, TagSet other)
        {
            var tags = other.Tags;
            if (alternate.Length != tags.Length) return false;
            for (var i = 0; i < tags.Length; i++)
                if (alternate[i].Key != tags[i].Key || !Equals(alternate[i].Value, tags[i].Value)) return false;
            return true;
        }

        public int GetHashCode(ReadOnlySpan<Tag> alternate)
        {
            var hash = new HashCode();
            foreach (var tag in alternate)
            {
                hash.Add(tag.Key);
                hash.Add(tag.Value);
            }
            return hash.ToHashCode();
        }

        public TagSet Create(ReadOnlySpan<Tag> alternate) => new(alternate.ToArray());
    }
}
