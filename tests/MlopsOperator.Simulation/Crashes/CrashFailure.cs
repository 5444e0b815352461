namespace MlopsOperator.Simulation.Crashes;

/// <summary>A disturbed run that did not end as the undisturbed one.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Write">The disturbed write.</param>
/// <param name="Mode">What happened to it.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Trace">The last changes.</param>
internal sealed record CrashFailure(string Scenario, OperatorWrite Write, CrashMode Mode, string What, IReadOnlyList<string> Trace)
{
    public override string ToString() => FormattableString.Invariant($"""
        {Scenario}, write {Write.Number}, {Mode}: {Write.Method} {Write.Path} in {Write.Phase}
        {What}
        last changes:
        {string.Join('\n', Trace)}
        again: dotnet run -c Release --project tests/MlopsOperator.Simulation -- crash --scenario {Scenario} --write {Write.Number} --mode {Mode}
        """);
}
