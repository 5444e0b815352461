using System.Globalization;

namespace MlopsOperator.Demo.Traffic;

/// <summary>A request that ended in an error.</summary>
/// <param name="Started">When it was due.</param>
/// <param name="Ended">When its end was known.</param>
/// <param name="Gateway">The gateway that it was sent to last.</param>
/// <param name="Version">Version that the answer names.</param>
/// <param name="Status">Status of the answer, or none.</param>
/// <param name="Error">The answer's body, or why there was none.</param>
internal sealed record FailedRequest(DateTimeOffset Started, DateTimeOffset Ended, Uri Gateway, string Version, int Status, string Error)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Started:HH:mm:ss.fff} to {Ended:HH:mm:ss.fff}, {Gateway}, {Version}, status {Status}: {Error}");
}
