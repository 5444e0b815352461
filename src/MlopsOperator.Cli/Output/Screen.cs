using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Json;
using Spectre.Console;

namespace MlopsOperator.Cli.Output;

/// <summary>Where results go: data to stdout, what goes on meanwhile and what failed to stderr. Colours on terminals only, and not where NO_COLOR is set.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Progress and failures.</param>
/// <param name="console">The terminal; null where colours are not wanted.</param>
internal sealed class Screen(TextWriter output, TextWriter error, IAnsiConsole? console)
{
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };

    public static Screen OfProcess()
    {
        var colours = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Screen(Console.Out, Console.Error, colours ? AnsiConsole.Console : null);
    }

    public async Task ShowAsync(IEnumerable<Line> lines)
    {
        foreach (var line in lines)
        {
            if (console is null || line.Tone is Tone.Plain)
            {
                await output.WriteLineAsync(line.Text);
            }
            else
            {
                console.Write(new Text(line.Text + Environment.NewLine, new Style(Colour(line.Tone))));
            }
        }
    }

    public Task ShowAsync(JsonNode content) => output.WriteLineAsync(content.ToJsonString(Indented));

    public Task TellAsync(string sentence) => error.WriteLineAsync(sentence);

    private static Color Colour(Tone tone) => tone switch
    {
        Tone.Good => Color.Green,
        Tone.Bad => Color.Red,
        _ => Color.Yellow,
    };
}
