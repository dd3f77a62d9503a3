using System.Diagnostics;
using System.Security.Cryptography;

namespace EdgeQueue.Tool.Stage;

/// <summary>An account of head office in the stage's own cloud. Its password is new at each start.</summary>
internal sealed record StagedAccount(string Name, string Password)
{
    private const string Office = "demo";

    /// <param name="cloud">The cloud's executable.</param>
    /// <param name="database">As in the cloud's settings.</param>
    /// <exception cref="StageException">The cloud's command refused; the message is its own.</exception>
    public static async Task<StagedAccount> MakeAsync(string cloud, string database, CancellationToken cancellation)
    {
        string password = string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 5)));
        // A folder that was given by --dir has it from the last time.
        if (await RunAsync(cloud, database, ["account", "add", Office, "--role", "head-office", "--password-stdin"], password, cancellation) is { } first
            && await RunAsync(cloud, database, ["account", "password", Office, "--password-stdin"], password, cancellation) is { } second)
        {
            throw new StageException($"The cloud made no account: {first} And it changed none: {second}");
        }

        return new(Office, password);
    }

    /// <summary>A client that is signed in at the cloud.</summary>
    /// <exception cref="StageException">The cloud lets nobody in.</exception>
    public async Task<HttpClient> SignInAsync(Uri cloud, CancellationToken cancellation)
    {
        var http = new HttpClient();
        using var form = new FormUrlEncodedContent([new("name", Name), new("password", Password)]);
        using var answer = await http.PostAsync(new Uri(cloud, "/sign-in"), form, cancellation);
        if (!answer.IsSuccessStatusCode || answer.RequestMessage?.RequestUri?.AbsolutePath == "/sign-in")
        {
            http.Dispose();
            throw new StageException($"The cloud at {cloud} did not let {Name} in ({(int)answer.StatusCode}).");
        }

        return http;
    }

    /// <returns>What it said when it refused; null: it is done.</returns>
    private static async Task<string?> RunAsync(string cloud, string database, string[] arguments, string password, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(cloud, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["EDGEQUEUE_CLOUD_DATABASE"] = database;
        using Process process = Process.Start(start) ?? throw new StageException($"{cloud} does not start.");
        try
        {
            await process.StandardInput.WriteLineAsync(password.AsMemory(), cancellation);
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            string errors = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? null : (await output + errors).Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
