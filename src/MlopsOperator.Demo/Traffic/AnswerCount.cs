using System.Runtime.InteropServices;

namespace MlopsOperator.Demo.Traffic;

/// <summary>Answers of one version.</summary>
/// <param name="Requests">All answers.</param>
/// <param name="Errors">Those with a status of 500 or above, and requests without any answer.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AnswerCount(long Requests, long Errors)
{
    /// <summary>What came since an earlier count.</summary>
    public AnswerCount Since(AnswerCount earlier) => new(Requests - earlier.Requests, Errors - earlier.Errors);
}
