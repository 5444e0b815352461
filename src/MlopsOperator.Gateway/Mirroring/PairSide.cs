using MlopsOperator.Gateway.Comparing;
using MlopsOperator.Gateway.Observing;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>One of the two answers to a request.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ContentType">Its content type.</param>
/// <param name="JsonLength">Its header that tells where raw tensors begin.</param>
/// <param name="Encoding">Its content encoding.</param>
/// <param name="Elapsed">From the end of the request's body to the last byte of the answer.</param>
/// <param name="Body">Its body.</param>
internal sealed record PairSide(Outcome Outcome, string? ContentType, string? JsonLength, string? Encoding, TimeSpan Elapsed, CopyBuffer Body)
{
    /// <summary>Whether it is no answer: a status of 400 or more, or none, or one that was broken off.</summary>
    public bool HasFailed => Outcome.Index >= 400;

    /// <summary>First digit of the status.</summary>
    public int StatusClass => Outcome.Index / 100;

    /// <summary>Whether it is compressed.</summary>
    public bool IsEncoded => Encoding is { Length: > 0 } && !string.Equals(Encoding, "identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body to compare.</summary>
    public AnswerBody Answer => new(Body.Written, ContentType, AnswerBody.ParseJsonLength(JsonLength, Body.Written.Length));
}
