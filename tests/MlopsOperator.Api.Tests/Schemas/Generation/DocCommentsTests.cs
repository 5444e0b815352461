using MlopsOperator.Api.Schemas.Generation;

namespace MlopsOperator.Api.Tests.Schemas.Generation;

public sealed class DocCommentsTests
{
    [Fact]
    public async Task A_summary_becomes_a_plain_sentence_with_the_names_of_manifests()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await File.WriteAllTextAsync(
                file,
                """
                <doc><members><member name="T:MlopsOperator.Api.Models.ModelCard"><summary>
                    Set <c>riskClass</c> or <see cref="P:MlopsOperator.Api.Models.ModelCard.IntendedUse"/>;
                    see <see cref="T:MlopsOperator.Api.Models.ModelVersion"/>, <see langword="null"/> &lt; 1.
                </summary></member></members></doc>
                """,
                TestContext.Current.CancellationToken);
            DocComments.Load(file).Of(typeof(Models.ModelCard)).Should().Be("Set riskClass or intendedUse; see ModelVersion, null < 1.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Without_a_comment_there_is_no_description() => DocComments.None.Of(typeof(DocCommentsTests)).Should().BeNull();
}
