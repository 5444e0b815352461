using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Rollouts.Record;

/// <summary>Whether two records differ in something that must be saved at once: anything but evidence, verdicts and running clocks.</summary>
internal static class RecordComparison
{
    internal static bool Same(ModelRolloutStatus a, ModelRolloutStatus b) =>
        Plain(a) == Plain(b)
        && SameItems(a.Tests, b.Tests)
        && SameItems(a.Holds, b.Holds)
        && SameItems(a.History, b.History)
        && SameItems(a.Requests, b.Requests)
        && SameItems(a.Conditions, b.Conditions);

    private static ModelRolloutStatus Plain(ModelRolloutStatus record) => record with
    {
        Tests = null,
        Holds = null,
        History = null,
        Requests = null,
        Conditions = null,
        Verdicts = null,
        Evidence = null,
        EvidenceSavedAt = null,
        Clocks = record.Clocks with { LastSeen = null, DeadlineUsedSeconds = 0 },
    };

    private static bool SameItems<T>(IReadOnlyList<T>? a, IReadOnlyList<T>? b) => (a ?? []).SequenceEqual(b ?? []);
}
