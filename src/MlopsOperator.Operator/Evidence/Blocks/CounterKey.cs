using System.Runtime.InteropServices;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>One counter of a route: requests by outcome code, or requests in a duration bucket.</summary>
/// <param name="Revision">Revision hash.</param>
/// <param name="Code">Outcome code; empty for a bucket.</param>
/// <param name="Bucket">Index of the bucket; −1 for an outcome.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CounterKey(string Revision, string Code, int Bucket)
{
    public static CounterKey OfOutcome(string revision, string code) => new(revision, code, -1);

    public static CounterKey OfBucket(string revision, int bucket) => new(revision, "", bucket);
}
