namespace MlopsOperator.Gateway.Requests;

/// <summary>Why a request is answered by the gateway itself.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">Label of the counter, from a closed list.</param>
/// <param name="Title">Title of the problem document.</param>
/// <param name="Detail">What was found and what was expected.</param>
/// <param name="Allow">Methods that are allowed, for a 405.</param>
/// <param name="Closes">Whether the connection cannot be trusted any more, as two readers may see its framing differently.</param>
internal sealed record Refusal(int Status, string Reason, string Title, string Detail, string? Allow = null, bool Closes = false);
