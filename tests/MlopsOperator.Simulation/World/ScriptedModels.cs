using System.Text;
using MlopsOperator.Operator.Rollouts.GoldenTests;

namespace MlopsOperator.Simulation.World;

/// <summary>Model servers that answer as they are told.</summary>
internal sealed class ScriptedModels : IInferenceClient
{
    /// <summary>Body of the answer to golden requests.</summary>
    public string Answer { get; set; } = """{"outputs":[{"name":"label","datatype":"INT64","shape":[1],"data":[1]}]}""";

    /// <summary>Why pods that are not ready say they are not.</summary>
    public string NotReady { get; set; } = """{"error":"the model cannot be loaded: bad magic"}""";

    /// <summary>Golden requests so far.</summary>
    public int Asked { get; private set; }

    public Task<InferenceAnswer> SendAsync(string method, Uri address, ReadOnlyMemory<byte> body, int limit, CancellationToken cancellationToken)
    {
        if (method is "GET")
        {
            return Task.FromResult(new InferenceAnswer(503, Encoding.UTF8.GetBytes(NotReady)));
        }

        Asked++;
        return Task.FromResult(new InferenceAnswer(200, Encoding.UTF8.GetBytes(Answer)));
    }
}
