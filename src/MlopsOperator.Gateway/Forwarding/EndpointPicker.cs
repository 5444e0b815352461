using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>The power of two choices: of two endpoints drawn at random, the one that did not just refuse a connection, or that has fewer requests in flight.</summary>
internal static class EndpointPicker
{
    /// <summary>An endpoint, other than <paramref name="except"/> if there is another.</summary>
    public static RevisionEndpoint Pick(RevisionEndpoint[] endpoints, TimeProvider time, RevisionEndpoint? except = null)
    {
        var skip = except is null || endpoints.Length == 1 ? -1 : Array.IndexOf(endpoints, except);
        var count = skip < 0 ? endpoints.Length : endpoints.Length - 1;
        var first = Random.Shared.Next(count);
        if (count == 1)
        {
            return At(endpoints, skip, first);
        }

        var second = Random.Shared.Next(count - 1);
        second += second >= first ? 1 : 0;
        var (one, other) = (At(endpoints, skip, first), At(endpoints, skip, second));
        var suspect = one.IsSuspect(time);
        return suspect != other.IsSuspect(time) ? (suspect ? other : one) : other.InFlight < one.InFlight ? other : one;
    }

    private static RevisionEndpoint At(RevisionEndpoint[] endpoints, int skip, int index) => endpoints[skip >= 0 && index >= skip ? index + 1 : index];
}
