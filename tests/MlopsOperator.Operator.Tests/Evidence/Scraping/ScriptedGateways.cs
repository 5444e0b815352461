using System.Text;
using MlopsOperator.Operator.Evidence.Scraping;

namespace MlopsOperator.Operator.Tests.Evidence.Scraping;

/// <summary>Gateways that answer what a test says, and the directory that lists them.</summary>
internal sealed class ScriptedGateways : IGatewayDirectory, ITelemetryClient
{
    private readonly Dictionary<string, Func<CancellationToken, Task<TelemetryAnswer>>> _answers = new(StringComparer.Ordinal);
    private readonly List<GatewayTarget> _targets = [];

    public List<(Uri Uri, string Body)> Requests { get; } = [];

    public int MostUnderWay { get; private set; }

    private int UnderWay { get; set; }

    public IReadOnlyList<GatewayTarget> List() => [.. _targets];

    public void Add(string name, bool ready = true) => _targets.Add(new(name, new($"http://{name}:9090/"), ready));

    public void Remove(string name) => _targets.RemoveAll(target => string.Equals(target.Name, name, StringComparison.Ordinal));

    public void Answers(string name, GatewayText text) => Answers(name, 200, text.ToUtf8());

    public void Answers(string name, int status, ReadOnlyMemory<byte> body) => _answers[name] = _ => Task.FromResult(new TelemetryAnswer(status, body));

    public void Throws(string name, Exception exception) => _answers[name] = _ => Task.FromException<TelemetryAnswer>(exception);

    /// <summary>Does something, such as letting time pass, whenever it is asked.</summary>
    public void AnswersDoing(string name, Action whenAsked, GatewayText text) => _answers[name] = _ =>
    {
        whenAsked();
        return Task.FromResult(new TelemetryAnswer(200, text.ToUtf8()));
    };

    /// <summary>Answers when the task ends, or is cancelled.</summary>
    public void AnswersAfter(string name, Task gate, GatewayText text) => _answers[name] = async token =>
    {
        await gate.WaitAsync(token);
        return new(200, text.ToUtf8());
    };

    public async Task<TelemetryAnswer> PostAsync(Uri uri, ReadOnlyMemory<byte> body, int maxBytes, CancellationToken cancellationToken)
    {
        Requests.Add((uri, Encoding.UTF8.GetString(body.Span)));
        UnderWay++;
        MostUnderWay = Math.Max(MostUnderWay, UnderWay);
        try
        {
            return await _answers[uri.Host](cancellationToken);
        }
        finally
        {
            UnderWay--;
        }
    }
}
