using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>
/// Reads a branch's events: either what <c>edgequeue journal export</c> wrote, a line each, or a journal, which the hub's own
/// program exports (executables never reference one another, and only the hub reads SQLite).
/// </summary>
internal static class JournalEvents
{
    private const long Often = 20_000;

    /// <param name="progress">Told now and then how many events were read.</param>
    public static async Task<JournalHistory> LearnAsync(string path, string? hub, CancellationToken cancellation, Action<long>? progress = null)
    {
        if (!await IsJournalAsync(path, cancellation))
        {
            await using var file = File.OpenRead(path);
            return await LearnAsync(file, path, progress, cancellation);
        }

        var beside = Path.Combine(AppContext.BaseDirectory, "edgequeue-hub");
        var program = hub ?? (File.Exists(beside) ? beside : "edgequeue-hub");
        try
        {
            using var export = Process.Start(new ProcessStartInfo(program, ["journal", "export", path]) { RedirectStandardOutput = true })!;
            var history = await LearnAsync(export.StandardOutput.BaseStream, path, progress, cancellation);
            await export.WaitForExitAsync(cancellation);
            return export.ExitCode == 0 ? history : throw new JournalEventsException($"{path}: '{program} journal export' ended with code {export.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new JournalEventsException(
                $"'{program}' could not be started to read the journal: {e.Message} Say --hub PATH, or give the output of 'edgequeue journal export {path}'.", e);
        }
    }

    private static async Task<bool> IsJournalAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[16];
        return await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation) == head.Length
            && head.AsSpan().StartsWith("SQLite format 3\0"u8);
    }

    private static async Task<JournalHistory> LearnAsync(Stream stream, string path, Action<long>? progress, CancellationToken cancellation)
    {
        var history = new JournalHistory();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var number = 0L;
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (++number % Often == 0)
            {
                progress?.Invoke(number);
            }

            if (line.Length == 0)
            {
                continue;
            }

            try
            {
                using var row = JsonDocument.Parse(line);
                var happened = row.RootElement.GetProperty("event");
                history.Learn(EventJson.Read(happened.GetProperty("type").GetString(), Encoding.UTF8.GetBytes(happened.GetRawText())));
            }
            catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new JournalEventsException($"{path}: line {number} is no event of a journal: {broken.Message}", broken);
            }
        }

        return history;
    }
}

/// <summary>The events of a journal cannot be read; the message is for people.</summary>
internal sealed class JournalEventsException(string message, Exception? inner = null) : Exception(message, inner);
