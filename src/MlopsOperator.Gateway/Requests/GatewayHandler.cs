using Microsoft.AspNetCore.Http;
using MlopsOperator.Gateway.Assignment;
using MlopsOperator.Gateway.Forwarding;
using MlopsOperator.Gateway.Mirroring;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Requests;

/// <summary>A request's way through the gateway: hygiene, route, assignment, forwarding.</summary>
internal sealed class GatewayHandler(RouteBoard board, RevisionForwarder forwarder, MirroringForwarder mirror, AnswerHeaders answers, GatewayCounters counters)
{
    private const string RetryAfterSeconds = "2";

    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        context.TraceIdentifier = RequestIds.Of(context.Request.Headers[ReservedHeaders.RequestId]);
        if (RequestHygiene.Check(context) is { } refusal)
        {
            return RefuseAsync(context, refusal);
        }

        RequestHygiene.Strip(context);
        var table = board.Table;
        var route = table.Find(RequestHost.Of(context.Request.Host.Value), context.Request.Path.Value ?? "/");
        if (route is null)
        {
            return RefuseAsync(context, board.IsLoaded ? UnknownRoute(table, context.Request) : NotLoaded());
        }

        var unit = UnitOf(route.Plan, context.Request);
        var owner = route.Owner(unit is null ? Buckets.Random() : Buckets.Of(route.Plan.Salt, unit));
        if (owner.HasEndpoint)
        {
            return mirror.IsDue(route, owner, unit, context.Request.ContentLength)
                ? mirror.ForwardAsync(context, route, owner)
                : forwarder.ForwardAsync(context, route, owner);
        }

        if (route.Substitute(owner) is not { } substitute)
        {
            return RefuseAsync(context, NoEndpoint(route));
        }

        owner.Cells.FellBack();
        return forwarder.ForwardAsync(context, route, substitute);
    }

    private static string? UnitOf(RoutePlan plan, HttpRequest request) =>
        plan.StickyHeader is { } header && request.Headers.TryGetValue(header, out var values) && values.ToString() is { Length: > 0 and <= Limits.UnitLength } unit ? unit : null;

    private Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        counters.Refused(refusal.Reason);
        answers.Apply(context, version: null);
        if (refusal.Closes)
        {
            context.Response.Headers.Connection = "close";
        }

        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return ProblemDocument.WriteAsync(context, refusal.Status, refusal.Title, refusal.Detail, refusal.Allow);
    }

    private static Refusal UnknownRoute(RouteTable table, HttpRequest request)
    {
        var host = RequestHost.Of(request.Host.Value).ToString().ToLowerInvariant();
        var paths = table.Paths(host).Take(Limits.ListedNames + 1).ToList();
        var known = paths.Count > 0 ? $"Paths of this host: {Listed(paths, paths.Count)}." : table.Hosts.Count > 0 ? $"Known hosts: {Listed(table.Hosts, table.Hosts.Count)}." : "There are no routes yet.";
        return new Refusal(404, "UnknownRoute", "No such route", $"No route answers host \"{Quoted.Cut(host)}\" with path \"{Quoted.Cut(request.Path.Value ?? "")}\". {known}");
    }

    private static Refusal NotLoaded() =>
        new(503, "NotLoaded", "No routes yet", "This gateway has not seen a complete list of routes yet.");

    private static Refusal NoEndpoint(Route route)
    {
        var states = new[] { ("stable", route.Stable), ("candidate", route.Candidate) }
            .Where(pair => pair.Item2 is { HasEndpoint: false })
            .Select(pair => $"{pair.Item1} (Service {pair.Item2!.Backend.Service}) has no ready endpoint");
        return new Refusal(503, "NoEndpoint", "No endpoints", $"Route {route.Plan.Key} cannot answer: {string.Join("; ", states)}.");
    }

    private static string Listed(IEnumerable<string> names, int count)
    {
        var text = string.Join(", ", names.Take(Limits.ListedNames).Select(Quoted.Cut));
        return count > Limits.ListedNames ? text + " and more" : text;
    }
}
