using MlopsOperator.DevCluster.Kinds;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The answers that are no success, with the texts of a real server.</summary>
internal static class Statuses
{
    public static StatusException BadRequest(string message) => new(new ApiStatus(400, "BadRequest", message));

    public static StatusException Internal(string message) => new(new ApiStatus(500, null, message));

    public static StatusException NotImplemented(string message) => new(new ApiStatus(501, "NotImplemented", message));

    public static StatusException NotFound(ResourceKind kind, string name) =>
        new(new ApiStatus(404, "NotFound", $"{kind.Resource} \"{name}\" not found") { Name = name, Group = kind.Group, Kind = kind.Plural });

    public static StatusException NoSuchResource() =>
        new(new ApiStatus(404, "NotFound", "the server could not find the requested resource") { EmptyDetails = true });

    public static StatusException MethodNotAllowed() =>
        new(new ApiStatus(405, "MethodNotAllowed", "the server does not allow this method on the requested resource") { EmptyDetails = true });

    public static StatusException AlreadyExists(ResourceKind kind, string name, bool beingDeleted = false) =>
        new(new ApiStatus(409, "AlreadyExists", beingDeleted ? $"object is being deleted: {kind.Resource} \"{name}\" already exists" : $"{kind.Resource} \"{name}\" already exists")
        {
            Name = name,
            Group = kind.Group,
            Kind = kind.Plural,
        });

    public static StatusException Conflict(ResourceKind kind, string name, string why) =>
        new(new ApiStatus(409, "Conflict", $"Operation cannot be fulfilled on {kind.Resource} \"{name}\": {why}") { Name = name, Group = kind.Group, Kind = kind.Plural });

    public static StatusException Modified(ResourceKind kind, string name) =>
        Conflict(kind, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static StatusException UnsupportedMediaType(string message) => new(new ApiStatus(415, "UnsupportedMediaType", message) { EmptyDetails = message.StartsWith("415", StringComparison.Ordinal) });

    public static StatusException Invalid(ResourceKind kind, string name, IReadOnlyList<FieldError> errors) => Invalid(kind.Group, kind.Kind, name, errors);

    public static StatusException Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var all = errors.Select(error => $"{error.Field}: {error.Message}").ToList();
        var what = group.Length == 0 ? kind : $"{kind}.{group}";
        var text = all.Count == 1 ? all[0] : $"[{string.Join(", ", all)}]";
        return new(new ApiStatus(422, "Invalid", $"{what} \"{name}\" is invalid: {text}")
        {
            Name = name,
            Group = group,
            Kind = kind,
            Causes = [.. errors.Select(error => new StatusCause(error.Reason, error.Message, error.Field))],
        });
    }

    /// <summary>An error that the server finds twice: its causes say so, its message does not.</summary>
    public static StatusException InvalidTwice(ResourceKind kind, string name, FieldError error)
    {
        var once = Invalid(kind, name, [error]).Status;
        return new(once with { Causes = [.. once.Causes, .. once.Causes] });
    }

    /// <summary>A bad query parameter or option.</summary>
    public static StatusException InvalidOption(string options, FieldError error) => Invalid("meta.k8s.io", options, "", [error]);

    public static StatusException Forbidden(ResourceKind kind, string name, string why, IReadOnlyList<StatusCause>? causes = null) =>
        new(new ApiStatus(403, "Forbidden", $"{kind.Resource} \"{name}\" is forbidden: {why}") { Name = name, Group = kind.Group, Kind = kind.Plural, Causes = causes ?? [] });

    public static StatusException Gone(string message) => new(new ApiStatus(410, "Expired", message));

    public static ApiStatus TooOld(long asked, long current) => new(410, "Expired", FormattableString.Invariant($"too old resource version: {asked} ({current})"));

    public static StatusException Unauthorized() => new(new ApiStatus(401, "Unauthorized", "Unauthorized"));
}
