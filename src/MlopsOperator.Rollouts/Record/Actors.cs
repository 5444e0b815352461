namespace MlopsOperator.Rollouts.Record;

/// <summary>Who causes entries of the history.</summary>
internal static class Actors
{
    internal const string Engine = "engine";

    internal const string User = "user";

    internal const string Git = "Git";
}
