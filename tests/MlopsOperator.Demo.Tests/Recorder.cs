using MlopsOperator.Demo.Summaries;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.Demo.Tests;

/// <summary>Keeps what was said.</summary>
internal sealed class Recorder : IDemoView
{
    public List<string> Sentences { get; } = [];

    public void Say(string sentence) => Sentences.Add(sentence);

    public void Show(DemoState state)
    {
    }

    public void Finish(DemoSummary summary)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
