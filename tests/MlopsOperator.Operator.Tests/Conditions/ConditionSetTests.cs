using MlopsOperator.Api.Conditions;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Tests.Conditions;

public sealed class ConditionSetTests
{
    private static readonly DateTimeOffset Before = Sample.Now.AddHours(-1);

    [Fact]
    public void The_transition_time_moves_with_the_status_and_not_with_reason_or_message()
    {
        Condition[] before = [Former("Ready", "True"), Former("Available", "False")];
        var set = new ConditionSet(before, 7, Sample.Now);
        set.Set("Ready", true, "Other", "other");
        set.Set("Available", true, "Serving", "serves");

        set.ToList().Should().Equal(
            new Condition { Type = "Available", Status = "True", Reason = "Serving", Message = "serves", ObservedGeneration = 7, LastTransitionTime = Sample.Now },
            new Condition { Type = "Ready", Status = "True", Reason = "Other", Message = "other", ObservedGeneration = 7, LastTransitionTime = Before });
    }

    [Fact]
    public void A_condition_that_was_not_there_begins_now_in_whole_seconds()
    {
        var set = new ConditionSet(null, 1, Sample.Now.AddMilliseconds(999));
        set.Set("Ready", false, "Preparing", "");

        set.ToList().Should().ContainSingle().Which.LastTransitionTime.Should().Be(Sample.Now);
    }

    [Fact]
    public void A_condition_that_is_there_only_while_true_vanishes_with_its_cause()
    {
        var set = new ConditionSet([Former("Stalled", "True"), Former("Reconciling", "True")], 1, Sample.Now);
        set.SetWhileTrue("Stalled", false, "Any", "any");
        set.SetWhileTrue("Reconciling", true, "Any", "any");

        set.ToList().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Type = "Reconciling", Status = "True", LastTransitionTime = Before });
    }

    [Fact]
    public void What_the_api_server_would_refuse_is_mended()
    {
        var set = new ConditionSet(null, 1, Sample.Now);
        set.Set("Ready", false, "", new string('x', 5000));

        set.ToList()[0].Should().BeEquivalentTo(new { Reason = "Unknown", Message = new string('x', 1024) });
    }

    private static Condition Former(string type, string status) =>
        new() { Type = type, Status = status, Reason = "Former", Message = "former", ObservedGeneration = 6, LastTransitionTime = Before };
}
