namespace MlopsOperator.DevCluster.Requests;

/// <summary>The cluster's one source of randomness: the same seed gives the same uids, names and time-outs.</summary>
internal sealed class RandomValues(int seed)
{
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";
    private readonly Random random = new(seed);
    private readonly Lock gate = new();

    public string Uid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (gate)
        {
            random.NextBytes(bytes);
        }

        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>Five characters for generated names.</summary>
    public string Suffix()
    {
        lock (gate)
        {
            return string.Create(5, random, static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = Letters[source.Next(Letters.Length)];
                }
            });
        }
    }

    public TimeSpan Between(TimeSpan least, TimeSpan most)
    {
        lock (gate)
        {
            return least + ((most - least) * random.NextDouble());
        }
    }
}
