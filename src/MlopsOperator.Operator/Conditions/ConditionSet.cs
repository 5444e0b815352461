using MlopsOperator.Api.Conditions;

namespace MlopsOperator.Operator.Conditions;

/// <summary>Builds conditions: the transition time moves only with the status, and conditions that are not set any more vanish.</summary>
internal sealed class ConditionSet(IReadOnlyList<Condition>? before, long generation, DateTimeOffset now)
{
    private const int MessageLimit = 1024;

    private readonly List<Condition> _conditions = [];

    /// <summary>Sets a condition that is always there.</summary>
    public void Set(string type, bool value, string reason, string message)
    {
        var status = value ? "True" : "False";
        var former = before?.FirstOrDefault(condition => string.Equals(condition.Type, type, StringComparison.Ordinal));
        _conditions.Add(new Condition
        {
            Type = type,
            Status = status,
            Reason = reason.Length == 0 ? "Unknown" : reason,
            Message = Cut(message),
            ObservedGeneration = generation,
            LastTransitionTime = former is not null && string.Equals(former.Status, status, StringComparison.Ordinal)
                ? former.LastTransitionTime
                : DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
        });
    }

    /// <summary>Sets a condition that is there only while True (kstatus).</summary>
    public void SetWhileTrue(string type, bool value, string reason, string message)
    {
        if (value)
        {
            Set(type, true, reason, message);
        }
    }

    /// <summary>A message as a condition holds it.</summary>
    public static string Cut(string message) => message.Length > MessageLimit ? message[..MessageLimit] : message;

    /// <summary>The conditions, sorted by type.</summary>
    public List<Condition> ToList() => [.. _conditions.OrderBy(condition => condition.Type, StringComparer.Ordinal)];
}
