using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using k8s;
using k8s.Authentication;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.LeaderElection;

namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>
/// Reaches an API server over HTTP with KubernetesClient's configuration, certificates and credentials, but with its own requests:
/// bodies are read asynchronously, watches open with the headers, every request has a deadline.
/// </summary>
public sealed class HttpTransport : IKubernetesTransport, IDisposable
{
    private readonly Kubernetes _client;
    private readonly Func<ServiceClientCredentials?> _freshCredentials;
    private readonly TimeProvider _time;
    private readonly RuntimeMetrics? _metrics;
    private readonly string _host;
    private readonly string _userAgent;
    private readonly Version _version;
    private ServiceClientCredentials? _credentials;

    /// <summary>A transport for a configuration.</summary>
    /// <param name="configuration">Gives the configuration; called again after a 401, as a token may have been replaced.</param>
    /// <param name="time">Time, for deadlines.</param>
    public HttpTransport(Func<KubernetesClientConfiguration> configuration, TimeProvider time)
        : this(configuration, time, metrics: null)
    {
    }

    internal HttpTransport(Func<KubernetesClientConfiguration> configuration, TimeProvider time, RuntimeMetrics? metrics)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(time);
        var initial = configuration();
        initial.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        initial.FirstMessageHandlerSetup = SetUp;
        _client = new Kubernetes(initial);
        _credentials = _client.Credentials;
        _freshCredentials = () => Kubernetes.CreateCredentials(configuration());
        _time = time;
        _metrics = metrics;
        _host = _client.BaseUri.Authority;

        // The library's own name says nothing: in the server's audit log all operators in C# would be one.
        _userAgent = string.Equals(initial.UserAgent, new KubernetesClientConfiguration().UserAgent, StringComparison.Ordinal)
            ? Assembly.GetEntryAssembly()?.GetName().Name ?? "controller-runtime"
            : initial.UserAgent;

        // One connection carries all watches; over plain HTTP it is 1.1 all the same.
        _version = initial.DisableHttp2 ? HttpVersion.Version11 : HttpVersion.Version20;
    }

    /// <summary>A transport for the cluster that the environment names: KUBECONFIG, then ~/.kube/config, then the pod's service account.</summary>
    public static HttpTransport FromEnvironment(TimeProvider time) => new(KubernetesClientConfiguration.BuildDefaultConfig, time);

    /// <inheritdoc/>
    public async Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var deadline = new CancellationTokenSource(Limits.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var started = _time.GetTimestamp();
        try
        {
            using var response = await OpenAsync(request, either.Token);
            var body = await ReadBodyAsync(response, either.Token);
            _metrics?.RequestDuration.WithLabels(request.Method, _host).Observe(_time.GetElapsedTime(started).TotalSeconds);
            return new TransportResponse((int)response.StatusCode, body, RetryAfterOf(response));
        }
        catch (Exception exception) when (exception is not (TransportException or LeadershipLostException) && !cancellationToken.IsCancellationRequested)
        {
            throw Lost(request, exception, deadline.IsCancellationRequested);
        }
    }

    /// <inheritdoc/>
    public async Task<IWatchStream> WatchAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var deadline = new CancellationTokenSource(Limits.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await OpenAsync(request, either.Token);
            var body = await response.Content.ReadAsStreamAsync(either.Token);
            var stream = new HttpWatchStream(response, body);
            response = null;
            return stream;
        }
        catch (Exception exception) when (exception is not (TransportException or LeadershipLostException) && !cancellationToken.IsCancellationRequested)
        {
            throw Lost(request, exception, deadline.IsCancellationRequested);
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static void SetUp(SocketsHttpHandler handler)
    {
        // A dead peer is noticed: the defaults wait 3 minutes, and for ever when connecting.
        handler.ConnectTimeout = TimeSpan.FromSeconds(10);
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
        handler.AutomaticDecompression = DecompressionMethods.GZip;
        handler.AllowAutoRedirect = false;
    }

    private static TransportException Lost(TransportRequest request, Exception exception, bool late)
    {
        var path = request.PathAndQuery.Split('?')[0];
        var cause = late ? $"no complete answer within {Limits.RequestTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s" : exception.Message;
        return new TransportException($"{request.Method} {path}: {cause}", exception);
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } delta && delta > TimeSpan.Zero ? delta : null;

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > Limits.ResponseBodyBytes)
            {
                throw new TransportException($"the answer is longer than {Limits.ResponseBodyBytes} bytes");
            }

            body.Write(buffer.AsSpan(0, read));
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private async Task<HttpResponseMessage> OpenAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        var response = await OpenOnceAsync(request, cancellationToken);
        if ((int)response.StatusCode != 401)
        {
            return response;
        }

        // The token may have been replaced since it was read.
        response.Dispose();
        _credentials = _freshCredentials();
        _metrics?.RequestRetries.WithLabels("401", request.Method, _host).Inc();
        return await OpenOnceAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> OpenOnceAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_client.BaseUri, request.PathAndQuery))
        {
            Version = _version,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (request.Body.Length > 0)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType ?? "application/json");
        }

        if (_credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(message, cancellationToken);
        }

        request.BeforeSending?.Invoke();
        try
        {
            var response = await _client.HttpClient.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            _metrics?.Requests.WithLabels(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), request.Method, _host).Inc();
            return response;
        }
        catch
        {
            _metrics?.Requests.WithLabels("<error>", request.Method, _host).Inc();
            throw;
        }
    }
}
