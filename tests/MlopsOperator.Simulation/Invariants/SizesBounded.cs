using System.Text;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I37. Events have the API's own form of name and no status.</summary>
internal sealed class SizesBounded : IInvariant
{
    private const int LongestName = 63;
    private const int LargestStatus = 256 * 1024;

    public string Id => "I37";

    public string Text => "Names that the operator makes have at most 63 characters, statuses at most 256 KiB";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.IsOurs() || write.After is null || write.Resource.StartsWith("events", StringComparison.Ordinal))
        {
            return null;
        }

        if (write.Before is null && write.Name.Length > LongestName)
        {
            return FormattableString.Invariant($"the name has {write.Name.Length} characters");
        }

        // A status is smaller than the body that brought it.
        return write.Body.Length > LargestStatus && write.After.At("status") is { } status && Encoding.UTF8.GetByteCount(status.ToJsonString()) is > LargestStatus and var size
            ? FormattableString.Invariant($"the status has {size} bytes")
            : null;
    }
}
