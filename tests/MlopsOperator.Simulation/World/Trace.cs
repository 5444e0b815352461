using System.Security.Cryptography;
using System.Text;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.World;

/// <summary>What changed in a world, in order: the last lines to read, and a hash over everything to compare two runs of one seed.</summary>
internal sealed class Trace
{
    private const int Kept = 50;

    private readonly Queue<string> _last = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyCollection<string> Last => _last;

    /// <summary>Hash of every line and of what was written, so far.</summary>
    public string Hash => Convert.ToHexStringLower(_hash.GetCurrentHash())[..16];

    /// <summary>A change of an object.</summary>
    public void Add(TimeSpan at, ClusterWrite write)
    {
        _hash.AppendData(write.Body.Span);
        var phase = write.After?["status"]?["phase"] is { } found ? $" [{found} {write.After["status"]!["reason"]}]" : "";
        Add(at, $"{write.Client} {write.Method} {write.Resource} {write.Name}{phase}");
    }

    /// <summary>Something else that happened.</summary>
    public void Add(TimeSpan at, string what)
    {
        var line = FormattableString.Invariant($"{at.TotalSeconds,8:0.000} {what}");
        _hash.AppendData(Encoding.UTF8.GetBytes(line));
        _last.Enqueue(line);
        if (_last.Count > Kept)
        {
            _last.Dequeue();
        }
    }
}
