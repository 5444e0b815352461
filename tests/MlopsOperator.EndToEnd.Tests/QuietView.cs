using MlopsOperator.Demo.Summaries;
using MlopsOperator.Demo.Views;

namespace MlopsOperator.EndToEnd.Tests;

/// <summary>Writes to the test's output.</summary>
internal sealed class QuietView : IDemoView
{
    private readonly StringWriter _text = new();
    private readonly PlainView _view;

    public QuietView() => _view = new PlainView(_text);

    public void Say(string sentence) => _view.Say(sentence);

    public void Show(DemoState state) => _view.Show(state);

    public void Finish(DemoSummary summary) => _view.Finish(summary);

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(_text.ToString());
        await _text.DisposeAsync();
    }
}
