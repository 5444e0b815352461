using MlopsOperator.Demo.Summaries;

namespace MlopsOperator.Demo.Views;

/// <summary>Shows a demo to a person.</summary>
internal interface IDemoView : IAsyncDisposable
{
    /// <summary>Says a sentence.</summary>
    void Say(string sentence);

    /// <summary>Shows the present state; called several times a second.</summary>
    void Show(DemoState state);

    /// <summary>Shows the end.</summary>
    void Finish(DemoSummary summary);
}
