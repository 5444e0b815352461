namespace MlopsOperator.Simulation.Crashes;

/// <summary>A write of the operator in the undisturbed run.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Method">POST, PUT, PATCH or DELETE.</param>
/// <param name="Path">Its path, without the query.</param>
/// <param name="Phase">Phase and reason of the newest rollout when it was sent.</param>
/// <param name="Shared">Whether it belongs to the beginning that all scenarios have in common.</param>
internal sealed record OperatorWrite(int Number, string Method, string Path, string Phase, bool Shared)
{
    /// <summary>Writes of one class differ in what they say only: method, path without what is counted or hashed, phase.</summary>
    public string Class => $"{Method} {string.Join('/', Path.Split('/').Select(Template))} in {Phase}";

    /// <summary>Whether it only tells what happens; nothing follows from it.</summary>
    public bool IsEvent => Path.Contains("/events", StringComparison.Ordinal);

    private string Template(string part) => part.AsSpan().ContainsAnyInRange('0', '9') && !part.StartsWith('v') || Path.Contains("/events/" + part, StringComparison.Ordinal) ? "*" : part;
}
