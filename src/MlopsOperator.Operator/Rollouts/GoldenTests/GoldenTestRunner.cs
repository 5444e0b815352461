using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Revisions;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Rollouts.Observing;

namespace MlopsOperator.Operator.Rollouts.GoldenTests;

/// <summary>Sends a version's golden requests to one pod, before any traffic, and says what came back.</summary>
internal sealed class GoldenTestRunner(IInferenceClient client, TimeProvider time)
{
    private const int AnswerLimit = 1 << 20;
    private const int MessageLimit = 400;

    // Readiness has been seen before, so a pod that does not answer is a pod that broke; its next attempt comes with the next decision.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Results in the order of the tests; null when the pod could not be reached, which says nothing about the model: to be tried again.
    /// </summary>
    /// <param name="address">Address of the pod, such as 10.1.2.3.</param>
    /// <param name="content">The revision.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IReadOnlyList<TestResult>?> RunAsync(string address, RevisionContent content, CancellationToken cancellationToken)
    {
        var target = new UriBuilder(Uri.UriSchemeHttp, address, content.RuntimeSpec.Port, $"/v2/models/{Uri.EscapeDataString(content.Model.Model)}/infer").Uri;
        var results = new List<TestResult>();
        foreach (var test in content.Model.Tests ?? [])
        {
            InferenceAnswer answer;
            try
            {
                using var timer = new CancellationTokenSource(Patience, time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
                answer = await client.SendAsync("POST", target, Encoding.UTF8.GetBytes(test.Request.ToJsonString()), AnswerLimit, both.Token);
            }
            catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return null;
            }

            var difference = Judge(test.Expect, answer, test.Tolerance);
            results.Add(new TestResult { Name = test.Name, Passed = difference is null, Message = Cut(difference) });
        }

        return results;
    }

    private static string? Judge(JsonObject expected, InferenceAnswer answer, Api.Models.Tolerance? tolerance)
    {
        if (answer.Body.Length >= AnswerLimit)
        {
            return FormattableString.Invariant($"the answer has {AnswerLimit} bytes or more; golden requests must have small answers");
        }

        var body = PodText.Parse(answer.Body.Span);
        if (answer.Status != 200)
        {
            return FormattableString.Invariant($"expected status 200, found {answer.Status}: {body?["error"]?.ToString() ?? "no message"}");
        }

        return body is null ? "the answer is not a JSON object" : AnswerComparison.FirstDifference(expected, body, tolerance);
    }

    private static string? Cut(string? text) => text is { Length: > MessageLimit } ? text[..MessageLimit] : text;
}
