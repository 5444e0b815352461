using System.Buffers;
using MlopsOperator.Gateway.Comparing;
using MlopsOperator.Gateway.Forwarding;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Sends copies to candidates and reads their answers, with connections and a deadline of their own.</summary>
internal sealed class MirrorSender(MirrorClient client, TimeProvider time)
{
    private const int PieceBytes = 16 * 1024;

    /// <summary>Sends a copy and counts how it ended; null when the gateway stopped meanwhile, which says nothing of the candidate.</summary>
    public async Task<PairSide?> SendAsync(MirrorCopy copy, RevisionEndpoint[] endpoints, CancellationToken stopping)
    {
        var message = copy.Message!;
        var started = time.GetTimestamp();
        HttpResponseMessage? answer = null;
        Outcome outcome;
        using var deadline = new CancellationTokenSource(copy.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            answer = await SendAsync(copy, endpoints, message, either.Token);
            await ReadAsync(answer, copy.CandidateBody, either.Token);
            outcome = Outcome.Status((int)answer.StatusCode);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            outcome = answer is not null ? Outcome.Broken : Outcome.Status(deadline.IsCancellationRequested ? 504 : 502);
            if (stopping.IsCancellationRequested)
            {
                answer?.Dispose();
                return null;
            }
        }

        using (answer)
        {
            copy.Cells.Sent(outcome, time.GetElapsedTime(started));
            var sent = message.Content is CopiedContent { SentAt: > 0 and var at } ? at : started;
            return Side(outcome, answer, time.GetElapsedTime(sent), copy.CandidateBody);
        }
    }

    private static PairSide Side(Outcome outcome, HttpResponseMessage? answer, TimeSpan elapsed, CopyBuffer body) => new(
        outcome,
        answer?.Content.Headers.ContentType?.ToString(),
        answer is not null && answer.Headers.NonValidated.TryGetValues(AnswerBody.JsonLengthHeader, out var length) ? length.ToString() : null,
        answer is not null && answer.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var encoding) ? encoding.ToString() : null,
        elapsed,
        body);

    /// <summary>As a request is sent again when no connection could be made, so is its copy: else the candidate would seem worse than it is.</summary>
    private async Task<HttpResponseMessage> SendAsync(MirrorCopy copy, RevisionEndpoint[] endpoints, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var endpoint = EndpointPicker.Pick(endpoints, time);
        try
        {
            return await SendOnceAsync(copy, message, endpoint, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError && !cancellationToken.IsCancellationRequested)
        {
            endpoint.Refused(time);
            return await SendOnceAsync(copy, message, EndpointPicker.Pick(endpoints, time, endpoint), cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(MirrorCopy copy, HttpRequestMessage message, RevisionEndpoint endpoint, CancellationToken cancellationToken)
    {
        copy.Address(endpoint);
        endpoint.Enter();
        try
        {
            return await client.Invoker.SendAsync(message, cancellationToken);
        }
        finally
        {
            endpoint.Leave();
        }
    }

    /// <summary>Reads the answer to its end, though not all of it may be kept: what is counted is the time to the last byte.</summary>
    private static async Task ReadAsync(HttpResponseMessage answer, CopyBuffer body, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        while (await stream.ReadAsync(piece, cancellationToken) is > 0 and var count)
        {
            body.Append(piece.AsSpan(0, count));
        }

        // Not where the read failed: it may still write there.
        ArrayPool<byte>.Shared.Return(piece);
    }
}
