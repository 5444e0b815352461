using System.Globalization;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Cluster addresses of Services, in order. They are names only: nothing routes to them.</summary>
internal sealed class AddressPool
{
    private int last;

    public string Next()
    {
        var number = Interlocked.Increment(ref last);
        return string.Create(CultureInfo.InvariantCulture, $"10.96.{number / 254 % 256}.{(number % 254) + 1}");
    }
}
