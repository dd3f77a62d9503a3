using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Access;

/// <summary><c>edgequeue head-office</c> with somebody who types, beside a broker of the cloud; and hubs that ask to join.</summary>
internal sealed partial class HeadOfficeUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-head-office-");
    private readonly List<Talk> _talks = [];
    private readonly Talk _desk;

    private HeadOfficeUnderTest(Broker broker)
    {
        Broker = broker;
        Port = FreePorts.Take(1)[0];
        _desk = Start("head-office", "--hub", Executables.Hub, "--certificates", broker.Certificates, "--broker", $"{broker.Host}:{broker.Port}", "--listen", $"127.0.0.1:{Port}");
    }

    public Broker Broker { get; }

    public int Port { get; }

    public static async Task<HeadOfficeUnderTest> StartAsync(params string[] branches)
    {
        var office = new HeadOfficeUnderTest(await Broker.StartCloudAsync(branches));
        await office._desk.HearsAsync("Ctrl-C ends this");
        return office;
    }

    /// <summary>Where a hub that joins keeps what it gets.</summary>
    public string Identity(string hub) => Path.Combine(_folder.FullName, hub);

    /// <summary>What head office answers to a line.</summary>
    public async Task<string> TypeAsync(string line)
    {
        int from = _desk.Said.Length;
        await _desk.TypeAsync(line);
        await Eventually.Is(() => _desk.Said[from..].Contains('\n', StringComparison.Ordinal), $"an answer to '{line}'", 20);
        return _desk.Said[from..].Trim();
    }

    /// <summary><c>edgequeue join</c> on a branch's hub.</summary>
    public Talk Join(string hub, string branch, int? port = null, params string[] more) =>
        Start(["join", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port ?? Port}"), "--branch-name", branch, "--certificates", Identity(hub), .. more]);

    /// <summary>As the hub shows it, in two words.</summary>
    public static async Task<string> CodeAsync(Talk hub)
    {
        await hub.HearsAsync("At head office, type: ");
        return Shown().Matches(hub.Said)[^1].Groups["code"].Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Talk talk in _talks)
        {
            await talk.DisposeAsync();
        }

        await Broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Talk Start(params string[] words)
    {
        var talk = new Talk(words);
        _talks.Add(talk);
        return talk;
    }

    [GeneratedRegex(@"type: (?<code>\d{4} \d{4}) ", RegexOptions.ExplicitCapture)]
    private static partial Regex Shown();

    /// <summary>A program that is typed at.</summary>
    internal sealed class Talk : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly List<string> _said = [];

        public Talk(string[] words)
        {
            _process = Process.Start(new ProcessStartInfo(Executables.Tool, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            _process.OutputDataReceived += (_, line) => Note(line.Data);
            // What the log says goes beside it.
            _process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public string Said
        {
            get
            {
                lock (_said)
                {
                    return string.Concat(_said.Select(line => line + "\n"));
                }
            }
        }

        public Task HearsAsync(string words) =>
            Eventually.Is(() => Said.Contains(words, StringComparison.Ordinal) || _process.HasExited, $"'{words}', and not: {Said}", 30);

        public async Task TypeAsync(string line) => await _process.StandardInput.WriteLineAsync(line);

        public async Task<int> EndAsync()
        {
            await _process.WaitForExitAsync();
            return _process.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                // The end of what is typed ends head office, and with it the hub's program that it was passed on to.
                _process.StandardInput.Close();
                if (!_process.WaitForExit(2000))
                {
                    _process.Kill(entireProcessTree: true);
                }
            }

            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        private void Note(string? line)
        {
            if (line is not null)
            {
                lock (_said)
                {
                    _said.Add(line);
                }
            }
        }
    }
}
