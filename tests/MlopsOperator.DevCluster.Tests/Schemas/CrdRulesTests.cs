using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Schemas;

namespace MlopsOperator.DevCluster.Tests.Schemas;

public sealed class CrdRulesTests
{
    [Theory]
    [InlineData("has(self.empty)", true)]
    [InlineData("has(self.list)", true)]
    [InlineData("has(self.text)", true)]
    [InlineData("has(self.missing)", false)]
    [InlineData("has(self.nothing)", false)]
    [InlineData("self.name.matches('^[a-z]+$')", true)]
    [InlineData("self.lines.matches('^[a-z]+$')", false)]
    [InlineData("quantity(self.memory).isGreaterThan(quantity('1Gi'))", true)]
    [InlineData("quantity(self.memory).compareTo(quantity('2Gi')) == 0", true)]
    [InlineData("self.numbers.sum() == 6", true)]
    [InlineData("self.numbers.all(n, n > 0) && self.numbers.exists(n, n == 3)", true)]
    [InlineData("self.name.lowerAscii() == 'abc' && size(self.name) == 3", true)]
    [InlineData("self.my__dash__key == 'k' && self.__namespace__ == 'n'", true)]
    public void A_rule_is_judged_as_a_real_server_does(string rule, bool holds)
    {
        var problems = Evaluate(rule);

        CrdRules.Problem(rule).Should().BeNull();
        problems.Should().HaveCount(holds ? 0 : 1);
    }

    [Theory]
    [InlineData("self.a =")]
    [InlineData("self.a @ == 1")]
    [InlineData("self.a == 1 #")]
    [InlineData("self.a == ")]
    [InlineData("self.a.nosuch()")]
    public void What_cannot_be_parsed_is_refused_when_the_definition_is_created(string rule) => CrdRules.Problem(rule).Should().NotBeNull();

    [Theory]
    [InlineData("self.name")]
    [InlineData("self.missing > 1")]
    public void A_rule_that_gives_no_answer_fails_and_says_so(string rule) =>
        Evaluate(rule).Should().ContainSingle().Which.Should().Contain("rule evaluation error");

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_ends() =>
        Evaluate("self.many.matches('^(a+)+$')").Should().ContainSingle();

    [Fact]
    public void Transition_rules_hold_for_updates_alone_and_by_key_in_lists()
    {
        var schema = CustomSchemas.Read(JsonNode.Parse("""
            {"type":"object","properties":{"items":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object",
            "properties":{"name":{"type":"string"},"value":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"self.value >= oldSelf.value","message":"may not fall"}]}}}}
            """)!.AsObject());
        var old = JsonNode.Parse("""{"items":[{"name":"a","value":5},{"name":"b","value":1}]}""");
        var changed = JsonNode.Parse("""{"items":[{"name":"b","value":2},{"name":"a","value":4},{"name":"c","value":0}]}""");

        Messages(changed, null, schema).Should().BeEmpty();
        Messages(changed, old, schema).Should().Equal("items[1]: Invalid value: may not fall");
    }

    private static List<string> Evaluate(string rule)
    {
        var schema = CustomSchemas.Read(JsonNode.Parse("""
            {"type":"object","properties":{"empty":{"type":"object"},"list":{"type":"array","items":{"type":"string"}},"text":{"type":"string"},"nothing":{"type":"string","nullable":true},
            "missing":{"type":"integer"},"name":{"type":"string"},"lines":{"type":"string"},"memory":{"x-kubernetes-int-or-string":true},"numbers":{"type":"array","items":{"type":"integer"}},
            "many":{"type":"string"},"my-key":{"type":"string"},"namespace":{"type":"string"}}}
            """)!.AsObject());
        var rules = CustomSchemas.Read(new JsonObject { ["type"] = "object", ["x-kubernetes-validations"] = new JsonArray(new JsonObject { ["rule"] = rule }) });
        schema.Constraints = rules.Constraints;
        var value = JsonNode.Parse("""
            {"empty":{},"list":[],"text":"","nothing":null,"name":"abc","lines":"abc\n","memory":"2Gi","numbers":[1,2,3],"many":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab","my-key":"k","namespace":"n"}
            """);
        return Messages(value, null, schema);
    }

    private static List<string> Messages(JsonNode? value, JsonNode? old, Schema schema)
    {
        var errors = new SchemaErrors();
        CrdRules.Check(value, old, schema, "", errors);
        return [.. errors.All.Select(e => $"{e.Field}: {e.Message}")];
    }
}
