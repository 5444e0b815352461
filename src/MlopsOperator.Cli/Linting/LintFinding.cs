namespace MlopsOperator.Cli.Linting;

/// <summary>Something wrong in a manifest.</summary>
/// <param name="File">Where it stands.</param>
/// <param name="Subject">Kind and name of the object.</param>
/// <param name="Text">What was found, what was expected.</param>
internal sealed record LintFinding(string File, string Subject, string Text)
{
    public override string ToString() => Subject.Length == 0 ? $"{File}: {Text}" : $"{File}: {Subject}: {Text}";
}
