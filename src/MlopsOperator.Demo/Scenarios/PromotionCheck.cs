using MlopsOperator.Api.Routes;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>What must hold after the good version was promoted; each check tells what is wrong, or null.</summary>
internal static class PromotionCheck
{
    /// <summary>All pods that were judged must still be there: others would be unproved.</summary>
    /// <param name="judged">Uids of the candidate's pods at its first weight.</param>
    /// <param name="present">Uids of the same revision's pods after the promotion.</param>
    public static string? Pods(IReadOnlySet<string> judged, IReadOnlySet<string> present)
    {
        var replaced = judged.Count(uid => !present.Contains(uid));
        return judged.Count == 0 ? $"{DemoNames.GoodVersion} was promoted without any pod having been seen while it was judged."
            : replaced > 0 ? FormattableString.Invariant($"{replaced} of the {judged.Count} pods of {DemoNames.GoodVersion} that were judged do not serve any more after its promotion.")
            : null;
    }

    /// <summary>The route must send all to the good version.</summary>
    public static string? Route(GatewayRoute? route) => route?.Spec.Backends is [{ ModelVersion: DemoNames.GoodVersion, Weight: 10_000 }]
        ? null
        : $"The route sends {Shares(route)}; expected 100% to {DemoNames.GoodVersion} and no other backend.";

    /// <summary>A route's backends in words.</summary>
    public static string Shares(GatewayRoute? route) => route?.Spec.Backends is { Count: > 0 } backends
        ? string.Join(", ", backends.Select(backend => $"{Words.Percent(backend.Weight)} to {backend.ModelVersion}"))
        : "nothing anywhere";
}
