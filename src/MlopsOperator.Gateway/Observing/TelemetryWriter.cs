using System.Buffers;
using System.Text;
using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Gateway.Observing;

/// <summary>Writes the series of <see cref="TelemetryNames"/>.</summary>
internal sealed class TelemetryWriter
{
    private static readonly byte[] RequestsName = Encoding.UTF8.GetBytes(TelemetryNames.Requests);
    private static readonly byte[] InFlightName = Encoding.UTF8.GetBytes(TelemetryNames.InFlight);
    private static readonly byte[] FallbackName = Encoding.UTF8.GetBytes(TelemetryNames.Fallback);
    private static readonly byte[] SequenceName = Encoding.UTF8.GetBytes(TelemetryNames.RouteSequence);
    private static readonly byte[] LapsedName = Encoding.UTF8.GetBytes(TelemetryNames.ExposureLapsed);
    private static readonly byte[] LapseName = Encoding.UTF8.GetBytes(TelemetryNames.ExposureLapse);
    private static readonly byte[] InfoName = Encoding.UTF8.GetBytes(TelemetryNames.RouteInfo);
    private static readonly byte[] StartName = Encoding.UTF8.GetBytes(TelemetryNames.StartId);
    private static readonly HistogramWriter Durations = new(TelemetryNames.Duration);
    private static readonly byte[][] Codes = [.. Enumerable.Range(0, Outcome.Count).Select(index => ExpositionWriter.EncodeLabels((TelemetryNames.CodeLabel, Outcome.Name(index))))];

    /// <summary>Every edge.</summary>
    private static readonly int[] AllEdges = [.. Enumerable.Range(0, LatencyHistogram.EdgeCount)];

    /// <summary>1, 4, 8, 16, 31, 63, 125, 250 and 500 ms, 1, 4 and 32 s, nearly.</summary>
    private static readonly int[] CoarseEdges = [.. new[] { -10, -8, -7, -6, -5, -4, -3, -2, -1, 0, 2, 5 }.Select(octave => (octave + 10) * 4)];

    private readonly RouteBoard board;
    private readonly RevisionRegistry registry;
    private readonly TimeProvider time;
    private readonly byte[] startLabels;

    /// <summary>A writer whose start id is new.</summary>
    public TelemetryWriter(RouteBoard board, RevisionRegistry registry, TimeProvider time)
    {
        this.board = board;
        this.registry = registry;
        this.time = time;
        startLabels = ExpositionWriter.EncodeLabels((TelemetryNames.IdLabel, Guid.NewGuid().ToString("N")));
    }

    /// <summary>The fine series of the routes named; a route that is not known is left out.</summary>
    public void WriteFine(IBufferWriter<byte> output, IReadOnlyCollection<string> routes)
    {
        var names = routes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Write(output, names, AllEdges);
    }

    /// <summary>The series of all routes with few buckets.</summary>
    public void WriteCoarse(IBufferWriter<byte> output) =>
        Write(output, [.. registry.ByRoute.Keys.Order(StringComparer.Ordinal)], CoarseEdges);

    private void Write(IBufferWriter<byte> output, List<string> routes, int[] edges)
    {
        var writer = new ExpositionWriter(output);
        writer.Family(TelemetryNames.StartId, "gauge", "Always 1; the id changes with each start of the process.");
        writer.Sample(StartName, startLabels, default, 1);

        // Sequences are read before and after the counters: where they differ, some requests may be of the one and some of the other, and no
        // sequence is given rather than a wrong one.
        var before = States(routes);
        var revisions = routes.SelectMany(route => registry.ByRoute.GetValueOrDefault(route) ?? []).ToList();
        WriteRevisions(writer, revisions, edges);
        MirrorWriter.Write(writer, revisions, Codes, edges);
        WriteRoutes(writer, before, States(routes));
    }

    private Dictionary<string, RouteState> States(List<string> routes)
    {
        var table = board.Table;
        return routes.Select(table.Routes.GetValueOrDefault).OfType<Route>().ToDictionary(
            route => route.Plan.Key,
            route => new RouteState(route, route.Plan.Sequence, route.Acknowledgement.Reported(time)),
            StringComparer.Ordinal);
    }

    private static void WriteRoutes(ExpositionWriter writer, Dictionary<string, RouteState> before, Dictionary<string, RouteState> after)
    {
        writer.Family(TelemetryNames.RouteSequence, "gauge", "Sequence of the route that is in effect here; none when it changed while this was written.");
        foreach (var (route, inEffect, reported) in before.Values)
        {
            if (reported is { } sequence && after.TryGetValue(route.Plan.Key, out var later) && later.InEffect == inEffect && later.Reported == reported)
            {
                writer.Sample(SequenceName, ExpositionWriter.EncodeLabels((TelemetryNames.RouteLabel, route.Plan.Key)), default, sequence);
            }
        }

        writer.Family(TelemetryNames.ExposureLapsed, "gauge", "1 while stable takes the candidate's requests, as nobody judges it; else 0.");
        foreach (var (route, _, _) in before.Values)
        {
            writer.Sample(LapsedName, ExpositionWriter.EncodeLabels((TelemetryNames.RouteLabel, route.Plan.Key)), default, route.Lapsed ? 1 : 0);
        }

        writer.Family(TelemetryNames.ExposureLapse, "gauge", "For how long stable has taken the candidate's requests, as nobody judges it; 0 while somebody does.");
        foreach (var (route, _, _) in before.Values)
        {
            writer.Sample(LapseName, ExpositionWriter.EncodeLabels((TelemetryNames.RouteLabel, route.Plan.Key)), route.Lapse.TotalSeconds);
        }

        writer.Family(TelemetryNames.RouteInfo, "gauge", "Always 1; the role of a revision in its route.");
        foreach (var (route, _, _) in before.Values)
        {
            foreach (var (revision, role) in new[] { (route.Stable, "stable"), (route.Candidate, "candidate") })
            {
                if (revision is not null)
                {
                    writer.Sample(InfoName, revision.Cells.Labels, ExpositionWriter.EncodeLabels((TelemetryNames.RoleLabel, role)), 1);
                }
            }
        }
    }

    private static void WriteRevisions(ExpositionWriter writer, List<RevisionCells> revisions, int[] edges)
    {
        writer.Family(TelemetryNames.Requests, "counter", "Requests by status, or by how they ended.");
        foreach (var cells in revisions)
        {
            for (var outcome = 0; outcome < Outcome.Count; outcome++)
            {
                if (cells.Of(outcome) is > 0 and var count)
                {
                    writer.Sample(RequestsName, cells.Labels, Codes[outcome], count);
                }
            }
        }

        writer.Family(TelemetryNames.Duration, "histogram", "Seconds to the last byte of the answer.");
        Span<long> counts = stackalloc long[DurationCells.BucketCount];
        foreach (var cells in revisions)
        {
            Durations.Write(writer, cells.Labels, cells.Durations, counts, edges);
        }

        writer.Family(TelemetryNames.InFlight, "gauge", "Requests under way.");
        foreach (var cells in revisions)
        {
            writer.Sample(InFlightName, cells.Labels, default, cells.InFlight);
        }

        writer.Family(TelemetryNames.Fallback, "counter", "Requests that another revision took, as this one had no endpoint.");
        foreach (var cells in revisions)
        {
            writer.Sample(FallbackName, cells.Labels, default, cells.Fallbacks);
        }
    }

    /// <summary>A route at one moment: the sequence that requests follow, and the one that is reported.</summary>
    private sealed record RouteState(Route Route, long InEffect, long? Reported);
}
