using System.ComponentModel;
using System.Diagnostics;

namespace EdgeQueue.Tool.Updates;

/// <summary>A program of the system, by its configured words: what it says is heard line by line, and kept for the one who asks why.</summary>
internal static class OutsideProgram
{
    private const int LinesKept = 5;

    private const int LongestWords = 280;

    /// <returns>Null: it ended with 0; else why not, with its last words.</returns>
    public static async Task<string?> RunAsync(IReadOnlyList<string> words, Action<string> line, CancellationToken cancellation)
    {
        var last = new Queue<string>();
        void Hear(string? text)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return;
            }

            lock (last)
            {
                last.Enqueue(text.Trim());
                if (last.Count > LinesKept)
                {
                    last.Dequeue();
                }
            }

            line(text);
        }

        try
        {
            using Process process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            process.OutputDataReceived += (_, said) => Hear(said.Data);
            process.ErrorDataReceived += (_, said) => Hear(said.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            // An installation is not cut off when this process is asked to stop: half of one would have to begin anew.
            await process.WaitForExitAsync(cancellation);
            lock (last)
            {
                string said = string.Join(" / ", last);
                return process.ExitCode == 0 ? null : $"{words[0]} ended with {process.ExitCode}: {(said.Length > LongestWords ? said[..LongestWords] : said)}";
            }
        }
        catch (Win32Exception cannot)
        {
            return $"{words[0]} cannot be started: {cannot.Message}";
        }
    }
}
