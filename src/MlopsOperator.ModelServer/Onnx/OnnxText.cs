using System.Text.RegularExpressions;

namespace MlopsOperator.ModelServer.Onnx;

/// <summary>ONNX Runtime's messages, made fit for clients: one line, bounded, without places in its source code.</summary>
internal static partial class OnnxText
{
    private const string Status = "Status Message: ";

    /// <summary>The part of a message that says what happened.</summary>
    /// <param name="message">The message of an OnnxRuntimeException.</param>
    /// <returns>At most <see cref="Limits.FaultCharacters"/> characters.</returns>
    public static string Of(string message)
    {
        var status = message.LastIndexOf(Status, StringComparison.Ordinal);
        var text = status < 0 ? message : message[(status + Status.Length)..];
        text = SourcePlace().Replace(text, "").ReplaceLineEndings(" ").Trim();
        return text.Length <= Limits.FaultCharacters ? text : string.Concat(text.AsSpan(0, Limits.FaultCharacters), "…");
    }

    // Such as "/onnxruntime_src/onnxruntime/core/providers/cpu/tensor/gather.cc:154 onnxruntime::Status ... ".
    [GeneratedRegex(@"\S*[/\\]onnxruntime\S*\.(cc|h):\d+ ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex SourcePlace();
}
