using MlopsOperator.Demo.Summaries;

namespace MlopsOperator.Demo.Views;

/// <summary>Passes on sentences only: for runs of which nobody wants every moment.</summary>
internal sealed class SentencesView(IDemoView view) : IDemoView
{
    public void Say(string sentence) => view.Say(sentence);

    public void Show(DemoState state)
    {
    }

    public void Finish(DemoSummary summary) => view.Finish(summary);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
