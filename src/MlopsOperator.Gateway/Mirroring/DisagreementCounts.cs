using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Requests;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Disagreements by output. A revision names its outputs itself, so only the first <see cref="Limits.CountedOutputs"/> names count apart.</summary>
internal sealed class DisagreementCounts
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, long> byOutput = new(StringComparer.Ordinal);

    /// <summary>An output differed.</summary>
    public void Add(string output)
    {
        var name = Quoted.Cut(output);
        lock (gate)
        {
            name = byOutput.ContainsKey(name) || byOutput.Count < Limits.CountedOutputs ? name : TelemetryNames.OtherOutput;
            byOutput[name] = byOutput.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>The counts, sorted by output.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Copy()
    {
        lock (gate)
        {
            return [.. byOutput];
        }
    }
}
