using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MlopsOperator.Gateway.Comparing;
using MlopsOperator.Gateway.Forwarding;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>A request that stable answers and the candidate shall answer too: its body and stable's answer, kept as they go by.</summary>
internal sealed class MirrorCopy : IDisposable
{
    private readonly TimeProvider time;
    private readonly CopyBuffer requestBody;
    private readonly CopyBuffer answerBody;
    private readonly long startedAt;
    private CopiedBody? reading;
    private CopiedAnswer? answering;
    private PathString path;
    private QueryString query;

    /// <summary>A copy that has its place in the candidate's budget.</summary>
    public MirrorCopy(Route route, MirrorCells cells, TimeProvider time)
    {
        Route = route;
        Cells = cells;
        this.time = time;
        requestBody = new CopyBuffer(cells.Budget, Limits.CopiedRequestBytes);
        CandidateBody = new CopyBuffer(cells.Budget, Limits.ComparedAnswerBytes);
        answerBody = new CopyBuffer(cells.Budget, Limits.ComparedAnswerBytes);
        startedAt = time.GetTimestamp();
    }

    /// <summary>The route as it was when the request came.</summary>
    public Route Route { get; }

    /// <summary>Where all of it is counted.</summary>
    public MirrorCells Cells { get; }

    /// <summary>What is sent; null before <see cref="PrepareAsync"/>.</summary>
    public HttpRequestMessage? Message { get; private set; }

    /// <summary>Stable's answer; null before <see cref="PrepareAsync"/>.</summary>
    public PairSide? Stable { get; private set; }

    /// <summary>Where the candidate's answer goes.</summary>
    public CopyBuffer CandidateBody { get; }

    /// <summary>When it began to wait.</summary>
    public long QueuedAt { get; private set; }

    /// <summary>How long the candidate may take: what every copy has, or twice stable's time, but not more than a client would wait.</summary>
    public TimeSpan Deadline
    {
        get
        {
            var twice = Stable is null ? TimeSpan.Zero : 2 * Stable.Elapsed;
            var allowed = twice > Limits.Copy ? twice : Limits.Copy;
            return allowed < Route.Plan.Timeout ? allowed : Route.Plan.Timeout;
        }
    }

    /// <summary>Puts itself between server and forwarder.</summary>
    public void Attach(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            context.Request.Body = reading = new CopiedBody(context.Request.Body, requestBody, time);
        }

        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        answering = new CopiedAnswer(server.Stream, context.Response, answerBody, time);
        context.Features.Set<IHttpResponseBodyFeature>(new TrackedAnswerFeature(server, answering));
    }

    /// <summary>Why there is nothing that could be sent, or null.</summary>
    /// <param name="outcome">How the request to stable ended.</param>
    public DropReason? Problem(Outcome? outcome) => this switch
    {
        { requestBody.IsTooLarge: true } => DropReason.TooLarge,
        { requestBody.IsOutOfMemory: true } => DropReason.MemoryFull,
        { reading.EndedAt: 0 } => DropReason.Incomplete,
        _ => outcome is { CountsAsRequest: true } ? null : DropReason.Incomplete,
    };

    /// <summary>Takes from the request what is sent, and from the answer what is compared. The context is not used after it.</summary>
    public async ValueTask PrepareAsync(HttpContext context, Outcome outcome, RevisionTransformer headers)
    {
        var request = context.Request;
        (path, query) = (request.Path, request.QueryString);
#pragma warning disable CA2000 // The message owns its content, and is disposed of with this copy.
        Message = new HttpRequestMessage(HttpMethod.Parse(request.Method), default(Uri))
        {
            Version = Route.Forwarding.Version!,
            VersionPolicy = Route.Forwarding.VersionPolicy!.Value,
            Content = reading is null ? null : new CopiedContent(requestBody, time),
        };
#pragma warning restore CA2000
        await headers.TransformRequestAsync(context, Message, "", CancellationToken.None);

        // Whoever waits for "100 Continue" would add that time to the candidate's.
        Message.Headers.ExpectContinue = null;
        Message.Headers.TryAddWithoutValidation(Requests.ReservedHeaders.Shadow, "true");
        var answer = context.Response.Headers;
        var ended = answering!.LastPieceAt == 0 ? time.GetTimestamp() : answering.LastPieceAt;
        var elapsed = time.GetElapsedTime(reading?.EndedAt ?? startedAt, ended);
        Stable = new PairSide(
            outcome,
            answer.ContentType,
            answer[AnswerBody.JsonLengthHeader],
            answer.ContentEncoding,
            elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero,
            answerBody);
        QueuedAt = time.GetTimestamp();
    }

    /// <summary>Leads the message to an endpoint.</summary>
    public void Address(RevisionEndpoint endpoint) => Message!.RequestUri = Yarp.ReverseProxy.Forwarder.RequestUtilities.MakeDestinationAddress(endpoint.Prefix, path, query);

    /// <summary>Gives back its bytes and its place.</summary>
    public void Dispose()
    {
        var content = Message?.Content as CopiedContent;
        Message?.Dispose();

        // A read that the forwarder gave up may still come back, and so may a write that the client gave up.
        requestBody.Free(isShared: reading is { EndedAt: 0 } || content is { IsBeingSent: true });
        answerBody.Free(isShared: false);
        CandidateBody.Free(isShared: false);
        Cells.Budget.Leave();
    }
}
