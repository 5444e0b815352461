using k8s.Models;
using MlopsOperator.ControllerRuntime.Rbac;

namespace MlopsOperator.ControllerRuntime.Tests.Rbac;

public sealed class RbacRulesTests
{
    [Fact]
    public void What_several_classes_ask_for_is_one_rule_for_resources_of_a_group_with_the_same_verbs()
    {
        var rules = RbacRules.Of([typeof(Reads), typeof(Writes)]);

        rules.Select(Text).Should().Equal(
            "[] [pods,services] [get,list,watch]",
            "[apps] [deployments] [get,list,watch,create,patch]",
            "[apps] [deployments/status] [update]",
            "[metrics.k8s.io] [pods] [get]",
            "[/metrics] [get]");
    }

    [Fact]
    public void The_order_of_classes_does_not_matter() =>
        RbacRules.Of([typeof(Writes), typeof(Reads)]).Select(Text).Should().Equal(RbacRules.Of([typeof(Reads), typeof(Writes)]).Select(Text));

    [Theory]
    [InlineData(typeof(NoVerbs), "[EntityRbac] of *NoVerbs asks for nothing*")]
    [InlineData(typeof(NoGroup), "[GenericRbac] of *NoGroup asks for nothing*")]
    public void An_attribute_that_asks_for_nothing_is_refused(Type type, string message)
    {
        var of = () => RbacRules.Of([type]);

        of.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void The_runtime_itself_asks_for_what_Events_need_and_nothing_else() =>
        RbacRules.Of(RbacRules.OfRuntime).Select(Text).Should().Equal("[events.k8s.io] [events] [create,patch]");

    private static string Text(V1PolicyRule rule) => rule.NonResourceURLs is { } urls
        ? $"[{string.Join(',', urls)}] [{string.Join(',', rule.Verbs)}]"
        : $"[{string.Join(',', rule.ApiGroups)}] [{string.Join(',', rule.Resources)}] [{string.Join(',', rule.Verbs)}]";

    [EntityRbac(typeof(V1Pod), typeof(V1Service), typeof(V1Deployment), Verbs = RbacVerb.Read)]
    [GenericRbac(Groups = ["metrics.k8s.io"], Resources = ["pods"], Verbs = RbacVerb.Get)]
    [GenericRbac(Urls = ["/metrics"], Verbs = RbacVerb.Get)]
    private sealed class Reads;

    [EntityRbac(typeof(V1Deployment), Verbs = RbacVerb.Create | RbacVerb.Patch)]
    [EntityRbac(typeof(V1Deployment), Subresource = "status", Verbs = RbacVerb.Update)]
    private sealed class Writes;

    [EntityRbac(typeof(V1Pod))]
    private sealed class NoVerbs;

    [GenericRbac(Resources = ["pods"], Verbs = RbacVerb.Get)]
    private sealed class NoGroup;
}
