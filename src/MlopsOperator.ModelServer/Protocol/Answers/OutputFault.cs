using System.Globalization;
using MlopsOperator.ModelServer.Onnx;

namespace MlopsOperator.ModelServer.Protocol.Answers;

/// <summary>What a model may not answer.</summary>
internal static class OutputFault
{
    /// <summary>A number that is not finite: nothing a client can go on with.</summary>
    /// <param name="name">The output.</param>
    /// <param name="index">Its element.</param>
    /// <param name="value">What it is.</param>
    /// <returns>The fault.</returns>
    public static ModelFaultException NotFinite(string name, int index, double value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"output '{name}'[{index}] is {(double.IsNaN(value) ? "NaN" : "infinite")}"));

    /// <summary>Bytes that are no text.</summary>
    /// <param name="name">The output.</param>
    /// <param name="index">Its element.</param>
    /// <returns>The fault.</returns>
    public static ModelFaultException NotText(string name, int index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"output '{name}'[{index}] is not UTF-8 text"));
}
