using System.Globalization;
using System.Text.Json;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Reads whole lists in pages.</summary>
internal sealed class ListPager(IKubernetesTransport transport, ResourceType type, string? @namespace, string? labelSelector)
{
    /// <summary>
    /// Reads all pages. An empty version asks for the current state, in pages; a version asks for a state not older than it,
    /// in one answer, as paging would go past the server's watch cache.
    /// </summary>
    public async Task<ListResult> ReadAllAsync(string resourceVersion, CancellationToken cancellationToken)
    {
        var items = new List<RawObject>();
        var unreadable = 0;
        string? token = null;
        while (true)
        {
            var query = token is not null ? Page($"continue={Uri.EscapeDataString(token)}")
                : resourceVersion.Length == 0 ? Page(null)
                : Query($"resourceVersion={Uri.EscapeDataString(resourceVersion)}&resourceVersionMatch=NotOlderThan");
            var page = await ReadAsync(query, mayExpire: token is not null, cancellationToken);
            if (page is null)
            {
                // The continue token is too old (410): one list in a single answer instead.
                items.Clear();
                page = (await ReadAsync(Query(null), mayExpire: false, cancellationToken))!;
                unreadable = 0;
            }

            items.AddRange(page.Items);
            unreadable += page.Unreadable;
            token = page.Continue;
            if (token is null)
            {
                return new ListResult(items, page.ResourceVersion, unreadable);
            }
        }
    }

    private static string Join(string? left, string? right) =>
        string.Join('&', new[] { left, right }.Where(part => !string.IsNullOrEmpty(part)));

    private string Page(string? parameters) =>
        Query(Join(string.Create(CultureInfo.InvariantCulture, $"limit={Limits.ListPageSize}"), parameters));

    private string Query(string? parameters) =>
        Join(parameters, string.IsNullOrEmpty(labelSelector) ? null : $"labelSelector={Uri.EscapeDataString(labelSelector)}");

    private async Task<ListPage?> ReadAsync(string query, bool mayExpire, CancellationToken cancellationToken)
    {
        var path = type.CollectionPath(@namespace);
        var request = new TransportRequest("GET", query.Length == 0 ? path : $"{path}?{query}");
        var response = await transport.SendAsync(request, cancellationToken);
        if (mayExpire && response.Status == 410)
        {
            return null;
        }

        if (response.Status != 200)
        {
            throw StatusAnswer.ToException(response.Status, response.Body.Span, response.RetryAfter, $"list {type.Plural}");
        }

        try
        {
            return ListPage.Parse(response.Body.Span);
        }
        catch (JsonException exception)
        {
            throw new TransportException($"list {type.Plural}: the answer is no JSON list", exception);
        }
    }
}
