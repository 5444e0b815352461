namespace MlopsOperator.Operator.Revisions;

/// <summary>Names of a revision's children; derived, so that creating twice makes one.</summary>
internal static class RevisionNames
{
    /// <summary>Name of the ControllerRevision, Deployment and Service of a revision.</summary>
    public static string Child(string deployment, string revision) => $"{deployment}-{revision}";

    /// <summary>Name of a rollout.</summary>
    public static string Rollout(string deployment, int number) => FormattableString.Invariant($"{deployment}-{number}");
}
