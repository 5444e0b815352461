namespace MlopsOperator.Cli.Output;

/// <summary>How a line is meant; the words say it too, as colour alone says nothing.</summary>
internal enum Tone
{
    Plain,
    Good,
    Bad,
    Waiting,
}
