using MlopsOperator.ModelServer.Onnx;
using MlopsOperator.ModelServer.Tests.Servers;

namespace MlopsOperator.ModelServer.Tests.Onnx;

public sealed class OnnxModelTests
{
    [Fact]
    public void A_run_ends_when_nobody_waits_for_it()
    {
        using var model = new ModelLoader(TestServer.Options(Paths.Model("delays-v2"))).Load(TestContext.Current.CancellationToken);

        var run = () => model.Run(model.Zeros(), new CancellationToken(canceled: true));

        run.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Runs_of_several_threads_do_not_disturb_each_other()
    {
        using var model = new ModelLoader(TestServer.Options(Paths.Model("delays-v2"))).Load(TestContext.Current.CancellationToken);
        var scores = new float[200];

        Parallel.For(0, scores.Length, index =>
        {
            using var outputs = model.Run(model.Zeros(), TestContext.Current.CancellationToken);
            scores[index] = outputs[1].GetTensorDataAsSpan<float>()[0];
        });

        scores.Should().AllBeEquivalentTo(scores[0]);
    }

    [Fact]
    public void A_load_that_is_given_up_says_so()
    {
        var loading = () => new ModelLoader(TestServer.Options(Paths.Model("delays-v2"))).Load(new CancellationToken(canceled: true));

        loading.Should().Throw<OperationCanceledException>();
    }
}
